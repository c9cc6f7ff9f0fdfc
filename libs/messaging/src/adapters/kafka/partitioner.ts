/** Murmur2, as every client of Kafka that follows the Java one chooses the partition of a key. */
const murmur2 = (data: Uint8Array): number => {
  const m = 0x5bd1e995;
  const { length } = data;
  const at = (i: number): number => data[i] ?? 0;
  let h = 0x9747b28c ^ length;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    let k = at(i) | (at(i + 1) << 8) | (at(i + 2) << 16) | (at(i + 3) << 24);
    k = Math.imul(k, m);
    k = Math.imul(k ^ (k >>> 24), m);
    h = Math.imul(h, m) ^ k;
  }
  if (i < length) {
    for (let rest = length - 1; rest >= i; rest -= 1) h ^= at(rest) << (8 * (rest - i));
    h = Math.imul(h, m);
  }
  h = Math.imul(h ^ (h >>> 13), m);
  return h ^ (h >>> 15);
};

/** The same key goes to the same partition, whoever publishes it with the default partitioner of whichever client, for ever. */
export const partitionOfKey = (key: string, partitions: number): number => (murmur2(Buffer.from(key)) & 0x7fffffff) % partitions;
