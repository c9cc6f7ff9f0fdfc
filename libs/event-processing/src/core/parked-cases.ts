import type { ReadModelStore } from '@waymark/read-model';
import type { DeadLetter, ParkedBecause } from './dead-letter.js';

type Waiting = Pick<DeadLetter, 'order' | 'because'>;

/**
 * Which keys are parked, and what waits at each. Mirrors the dead letters in the store, for looking up each item without asking it; the store's guard
 * refuses a write that rests on an outdated one.
 */
export class ParkedCases {
  private readonly waiting = new Map<string, Waiting[]>();

  has(key: string): boolean {
    return this.waiting.has(key);
  }

  add({ key, order, because }: Pick<DeadLetter, 'key' | 'order' | 'because'>): void {
    const waiting = this.waiting.get(key) ?? [];
    this.waiting.set(key, waiting);
    const last = waiting.at(-1);
    if (last && last.order >= order) waiting.splice(0, Infinity, ...waiting.filter((other) => other.order !== order));
    waiting.push({ order, because });
    if (last && last.order >= order) waiting.sort(byOrder);
  }

  /** The first of a key was put right. */
  removeFirst(key: string): void {
    const [, ...rest] = this.waiting.get(key) ?? [];
    if (rest.length > 0) this.waiting.set(key, rest);
    else this.waiting.delete(key);
  }

  firstFailed(key: string, because: ParkedBecause): void {
    const [first, ...rest] = this.waiting.get(key) ?? [];
    if (first) this.waiting.set(key, [{ ...first, because }, ...rest]);
  }

  /** Those whose first item waits for nothing: what it was behind is gone, and nobody will command a replay of it. */
  stranded(): readonly string[] {
    return [...this.waiting.keys()].filter((key) => this.isStranded(key));
  }

  isStranded(key: string): boolean {
    return this.waiting.get(key)?.[0]?.because === 'behind';
  }

  /** Those whose first item was of a type or shape that was not known. */
  unknown(): readonly string[] {
    return [...this.waiting.keys()].filter((key) => this.isUnknown(key));
  }

  isUnknown(key: string): boolean {
    return this.waiting.get(key)?.[0]?.because === 'unknown';
  }

  get cases(): number {
    return this.waiting.size;
  }

  get items(): number {
    return [...this.waiting.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /** @param isMine which keys are looked after here; all by default */
  async load(store: Pick<ReadModelStore, 'find'>, collection: string, isMine: (key: string) => boolean = () => true): Promise<void> {
    const letters = await allLetters(store, collection);
    this.waiting.clear();
    for (const letter of letters) if (letter.because !== 'foreign' && isMine(letter.key)) this.add(letter);
  }
}

const byOrder = (a: Waiting, b: Waiting): number => (a.order < b.order ? -1 : 1);

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

/** So many keys are one question. */
const mostKeys = 500;

/** At which of these keys something waits. */
export const parkedKeys = async (
  store: Pick<ReadModelStore, 'find' | 'count'>,
  collection: string,
  keys: readonly string[],
): Promise<ReadonlySet<string>> => {
  const parked = new Set<string>();
  // Hardly ever is anything parked at all.
  if (keys.length === 0 || (await store.count(collection)) === 0) return parked;
  for (let first = 0; first < keys.length; first += mostKeys) {
    const where = [{ field: 'key', oneOf: keys.slice(first, first + mostKeys) }];
    let cursor: string | undefined;
    do {
      const page = await store.find<DeadLetter>(collection, { where, limit: 500, ...(cursor ? { cursor } : {}) });
      for (const { key } of page.items) parked.add(key);
      cursor = page.next;
    } while (cursor);
  }
  return parked;
};
