// Writers who append at once.
import { triages } from './events.mjs';
import { rateOf } from './measure.mjs';

export const writers = 50;

/**
 * Before the clock starts each writer does half as much as in its time: a connection, its plans at the server and the compiler's, and whatever goes by
 * how busy a process has been, are then as in a service that runs.
 */
export const warmUpOf = (each) => Math.ceil(each / 2);

/** Appends of `events.mjs` to a store or a log. */
export const appendTo =
  (store) =>
  ({ stream, expected, events, commandId }) =>
    store.append(stream, expected, events, commandId);

/** Every writer appends its own one after the other; all writers at once. */
export const writeAll = (appends, append) =>
  Promise.all(
    [...Map.groupBy(appends, ({ writer }) => writer).values()].map(async (own) => {
      for (const one of own) await append(one);
    }),
  );

/**
 * How many appends a second, of which each writer does so many, as in a service that has been running for a while. Not too many: what waits to be written fills the heap, and is marked again and again in
 * the time of whoever writes it.
 * @param {(append: object) => Promise<unknown>} append one of `events.mjs`
 */
export const rateOfWritingWarm = async (each, append) => {
  const appends = triages(writers, warmUpOf(each) + each);
  globalThis.gc?.();
  await writeAll(appends.splice(0, writers * warmUpOf(each)), append);
  return rateOf(appends.length, () => writeAll(appends, append));
};
