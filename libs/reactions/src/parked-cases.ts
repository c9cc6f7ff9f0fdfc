import type { ReadModelStore } from '@waymark/read-model';
import type { DeadLetter } from './dead-letter.js';

/** Which keys are parked, and how many items wait at each. Mirrors the dead letters in the store, for looking up each item without asking it. */
export class ParkedCases {
  private readonly waiting = new Map<string, number>();

  has(key: string): boolean {
    return this.waiting.has(key);
  }

  add(key: string): void {
    this.waiting.set(key, (this.waiting.get(key) ?? 0) + 1);
  }

  remove(key: string): void {
    const left = (this.waiting.get(key) ?? 0) - 1;
    if (left > 0) this.waiting.set(key, left);
    else this.waiting.delete(key);
  }

  get cases(): number {
    return this.waiting.size;
  }

  get items(): number {
    return [...this.waiting.values()].reduce((sum, count) => sum + count, 0);
  }

  async load(store: Pick<ReadModelStore, 'find'>, collection: string): Promise<void> {
    const letters = await allLetters(store, collection);
    this.waiting.clear();
    for (const { key } of letters) this.add(key);
  }
}

/** Every dead letter of a reaction, or of one of its keys, in order. */
export const allLetters = async (store: Pick<ReadModelStore, 'find'>, collection: string, key?: string): Promise<readonly DeadLetter[]> => {
  const letters: DeadLetter[] = [];
  const where = key === undefined ? {} : { where: [{ field: 'key', is: key }] };
  let cursor: string | undefined;
  do {
    const page = await store.find<DeadLetter>(collection, { ...where, sortBy: 'order', limit: 500, ...(cursor ? { cursor } : {}) });
    letters.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return letters;
};

/** The next item of a key. */
export const firstLetter = async (store: Pick<ReadModelStore, 'find'>, collection: string, key: string): Promise<DeadLetter | undefined> =>
  (await store.find<DeadLetter>(collection, { where: [{ field: 'key', is: key }], sortBy: 'order', limit: 1 })).items[0];
