// What the bench has started and has to end, also when it fails or somebody stops it.

const open = new Set();

/**
 * Keeps in mind how something is ended that was started, or is being started now.
 * @template T
 * @param {Promise<T>} starting
 * @param {(started: T) => Promise<unknown>} stop
 * @returns {() => Promise<void>} ends it; once, however often it is called
 */
export const ends = (starting, stop) => {
  let ended;
  const end = () => (ended ??= starting.then(stop, () => undefined).finally(() => open.delete(end)));
  open.add(end);
  return end;
};

const newest = () => [...open].at(-1);

/** Ends all that is there, the newest first, and what is started meanwhile. What cannot be ended does not keep the rest from it. */
export const endAll = async () => {
  for (let end = newest(); end; end = newest()) await end().catch((error) => console.error(`  not ended: ${error.message}`));
};
