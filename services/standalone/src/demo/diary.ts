import type { Part } from './tale.js';

/** A tale in the diary: where it goes on, and when. */
interface Open {
  readonly part: Part<unknown>;
  readonly at: string;
  readonly order: number;
}

interface Deps {
  /** Moves the platform's clock; what falls due on the way has happened when it resolves. */
  readonly moveTo: (at: string) => Promise<void>;
  /** Told when a tale has come to its end, and of how many there are. */
  readonly onEnd: (ended: number) => void;
}

/**
 * Tells many tales in the order of time, as they would have happened: the one that goes on first goes on next, one at a time.
 * A tale that names a moment before its last goes on where it is.
 */
export const tellInOrder = async (tales: readonly Part<unknown>[], { moveTo, onEnd }: Deps): Promise<void> => {
  const open: Open[] = [];
  let now = '';
  let ended = 0;
  const goOn = async (part: Part<unknown>, order: number): Promise<void> => {
    const { value, done } = await part.next();
    if (done) onEnd(++ended);
    else open.push({ part, order, at: value > now ? value : now });
  };
  for (const [order, part] of tales.entries()) await goOn(part, order);
  for (;;) {
    const next = open.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.order - b.order)).shift();
    if (!next) return;
    if (next.at !== now) await moveTo(next.at);
    now = next.at;
    await goOn(next.part, next.order);
  }
};
