import type { EventStore } from '@waymark/event-store';
import { monotonicMs, realSleep, type Sleep } from './ambient.js';
import type { Reaction } from './reaction.js';
import { readsBus, readsLog } from './supervisor.js';

/** It was still busy when the time was up. Names who. */
export class NotSettled extends Error {
  override readonly name = 'NotSettled';
}

export interface Settling {
  readonly store: Pick<EventStore, 'head'>;
  /** Of every service on the platform. */
  readonly reactions: readonly Reaction[];
  readonly timeoutMs?: number;
  readonly sleep?: Sleep;
  readonly monotonicMs?: () => number;
}

const betweenLooksMs = 2;

/**
 * Resolves when nothing is left to react to: every reaction is at the head, every consumer has taken every message, and nothing new appeared
 * meanwhile. Due deadlines are not its business: who sets the clock fires them and settles again.
 * @throws NotSettled
 */
export const settled = async ({
  store,
  reactions,
  timeoutMs = 10_000,
  sleep = realSleep,
  monotonicMs: now = monotonicMs,
}: Settling): Promise<void> => {
  const endMs = now() + timeoutMs;
  const [log, bus] = [reactions.filter(readsLog), reactions.filter(readsBus)];
  for (;;) {
    const head = await store.head();
    const atHead = await Promise.all(log.map((reaction) => reaction.waitFor(head, Math.max(endMs - now(), 0))));
    const lags = await Promise.all(bus.map((reaction) => reaction.lag()));
    if (atHead.every((seen) => seen) && lags.every((lag) => lag === 0) && (await store.head()) === head) return;
    if (now() >= endMs)
      throw new NotSettled(`still busy after ${timeoutMs} ms: ${busy(log, atHead, bus, lags).join(', ') || 'new events keep coming'}`);
    if (lags.some((lag) => lag > 0)) await sleep(betweenLooksMs);
  }
};

const busy = (
  log: readonly Reaction[],
  atHead: readonly boolean[],
  bus: readonly Reaction[],
  lags: readonly number[],
): readonly string[] => [
  ...log.filter((_, index) => !atHead[index]).map(({ name }) => name),
  ...bus.filter((_, index) => lags[index] !== 0).map(({ name }) => name),
];
