import type { After, Filter } from '@waymark/event-store';
import type { Collection } from '@waymark/read-model';
import { parkedCollection } from './dead-letter.js';
import { isTransient } from './failure.js';
import type { Lane } from './lane.js';
import { positionOf, type LogItem, type LogSource } from './log-source.js';
import { later } from './position.js';
import { withDefaults, type Progress } from './reaction.js';
import { defaultRetry, pauseMs } from './retry.js';
import type { LogSurroundings, Subscriber } from './subscriber.js';

export interface Rebuilt {
  readonly events: number;
  readonly position: After;
}

interface Filling {
  readonly lane: Lane<LogItem>;
  readonly source: LogSource;
  events: number;
}

/** Bigger than a live page: a document that many events change is written once a page. */
const pageSize = 1_000;
const reportEveryMs = 2_000;
const longRetry = { ...defaultRetry, longestPauseMs: 30_000 };

/** Fills a new generation from the log while the old one serves; only for the last events, and the swap, does the live reaction stand still. */
export const rebuild = async (
  subscriber: Subscriber,
  collections: readonly Collection[],
  filter: Filter | undefined,
  around: LogSurroundings,
  onProgress?: (progress: Progress) => void,
): Promise<Rebuilt> => {
  const generation = await around.readModel.rebuild([...collections, parkedCollection(subscriber.name)], subscriber.name);
  const filling: Filling = { ...subscriber.laneOver(generation.store), events: 0 };
  const fill = () => fillToHead(subscriber.name, filling, filter, around, onProgress);
  try {
    await fill();
    return await subscriber.standingStill(async () => {
      await fill();
      await generation.swap();
      await subscriber.reload();
      return { events: filling.events, position: filling.source.stored };
    });
  } catch (error) {
    await generation.discard().catch(() => undefined);
    throw error;
  }
};

const fillToHead = async (
  reaction: string,
  filling: Filling,
  filter: Filter | undefined,
  around: LogSurroundings,
  onProgress?: (progress: Progress) => void,
): Promise<void> => {
  const { sleep, monotonicMs } = withDefaults(around);
  const { lane, source } = filling;
  let toldMs = monotonicMs();
  for (let failures = 0; ;) {
    try {
      const head = await around.store.head();
      for await (const page of around.store.readAll(source.stored, { ...(filter ? { filter } : {}), pageSize })) {
        const [first, ...rest] = page;
        if (first === undefined) continue;
        await lane.take([first, ...rest]);
        filling.events += page.length;
        const progress: Progress = { reaction, doing: 'rebuild', done: filling.events, position: positionOf(page.at(-1) ?? first), head };
        onProgress?.(progress);
        if (monotonicMs() - toldMs < reportEveryMs) continue;
        toldMs = monotonicMs();
        around.report?.(progress);
      }
      // Everything up to the head of before was looked at, whether or not it concerned us.
      return await source.moveTo(later(source.stored, head));
    } catch (error) {
      if (!isTransient(error)) throw error;
      failures += 1;
      await sleep(pauseMs(longRetry, failures));
    }
  }
};
