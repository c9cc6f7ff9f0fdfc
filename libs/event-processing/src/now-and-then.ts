import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 10_000;

/** Does something every ten seconds of real time, whatever the platform's clock does, until the signal; resolves after the last time. */
export const nowAndThen = async (work: () => Promise<void>, signal: AbortSignal, onFailure: (error: unknown) => void): Promise<void> => {
  for (;;) {
    await delay(everyMs, undefined, { signal, ref: false }).catch(() => undefined);
    if (signal.aborted) return;
    await work().catch(onFailure);
  }
};
