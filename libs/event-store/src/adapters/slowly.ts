import { setTimeout as sleep } from 'node:timers/promises';

/** For each moment of work so many of rest: a tenth of the time at most. */
const restFor = 9;

/**
 * Does what is not urgent, a slice at a time, until one says that it was the last. Keeps no process alive.
 * @throws whatever a slice throws; the signal's reason when it says stop
 */
export const slowly = async (slice: () => boolean | Promise<boolean>, signal: AbortSignal): Promise<void> => {
  for (let restMs = 0; ;) {
    await sleep(restMs, undefined, { signal, ref: false });
    const beganMs = performance.now();
    if (await slice()) return;
    restMs = (performance.now() - beganMs) * restFor;
  }
};
