import { randomFillSync } from 'node:crypto';
import type { Ids } from '@waymark/kernel';
import { v7 } from 'uuid';
import { systemMs } from '../clock/adjustable-clock.js';

const idBytes = 16;
/** Each call for random bytes costs more than the bytes: they are fetched for many ids at once. None is used twice. */
const stock = Buffer.alloc(256 * idBytes);
let used = stock.length;

const fresh = (): Uint8Array => {
  if (used === stock.length) {
    randomFillSync(stock);
    used = 0;
  }
  return stock.subarray(used, (used += idBytes));
};

const clock = { msecs: -Infinity, seq: 0 };

/** UUIDs of version 7: ordered by time, random beside it; those of one millisecond in the order in which they were requested. */
export const systemIds: Ids = {
  next: () => {
    const random = fresh();
    const msecs = systemMs();
    if (msecs > clock.msecs) Object.assign(clock, { msecs, seq: Buffer.from(random).readUInt32BE(6) >>> 2 });
    else clock.seq += 1;
    return v7({ random, ...clock });
  },
};
