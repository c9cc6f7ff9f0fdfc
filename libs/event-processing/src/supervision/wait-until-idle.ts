import { monotonicMs, realSleep, type Sleep } from '@waymark/async';
import type { After, EventStore } from '@waymark/event-store';
import { isTransient } from '../core/failure.js';
import type { BusReaction, Reaction } from '../core/reaction.js';
import { readsBus, readsLog } from './supervisor.js';

/** It was still busy when the time was up. Names who. */
export class NotIdle extends Error {
  override readonly name = 'NotIdle';
}

export interface WaitingUntilIdle {
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
 * @throws NotIdle
 */
export const waitUntilIdle = async ({ store, reactions, timeoutMs = 10_000, ...injected }: WaitingUntilIdle): Promise<void> => {
  const { sleep, monotonicMs: now } = { sleep: realSleep, monotonicMs, ...injected };
  const endMs = now() + timeoutMs;
  for (;;) {
    const head = await store.head();
    const { behind, lagging } = await look(reactions, head, Math.max(endMs - now(), 0));
    const busy = [...behind, ...lagging];
    if (busy.length === 0 && (await store.head()) === head) return;
    if (now() >= endMs) throw new NotIdle(`still busy after ${timeoutMs} ms: ${busy.join(', ') || 'new events keep coming'}`);
    if (lagging.length > 0) await sleep(betweenLooksMs);
  }
};

/** Who is behind the head of the log when the time is up, and then who has messages left. */
const look = async (reactions: readonly Reaction[], head: After, timeoutMs: number) => {
  const behind = await namesOf(reactions.filter(readsLog), async (reaction) => !(await reaction.waitFor(head, timeoutMs)));
  const lagging = await namesOf(reactions.filter(readsBus), isBehind);
  return { behind, lagging };
};

/** A reaction that cannot be asked now counts as behind. */
const isBehind = async (reaction: BusReaction): Promise<boolean> => {
  try {
    return (await reaction.lag()) > 0;
  } catch (error) {
    if (isTransient(error)) return true;
    throw error;
  }
};

const namesOf = async <R extends Reaction>(
  reactions: readonly R[],
  which: (reaction: R) => Promise<boolean>,
): Promise<readonly string[]> => {
  const chosen = await Promise.all(reactions.map(which));
  return reactions.filter((_, index) => chosen[index]).map(({ name }) => name);
};
