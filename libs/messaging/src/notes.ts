import type { Committed } from './bus.js';

/** The latest note of each partition, over all topics. */
export const laterNotes = (notes: Iterable<readonly [partition: number, note: string | undefined]>): Committed => {
  const latest = new Map<number, string | undefined>();
  for (const [partition, note] of notes) {
    const known = latest.get(partition);
    latest.set(partition, known === undefined || (note !== undefined && note > known) ? note : known);
  }
  return latest;
};
