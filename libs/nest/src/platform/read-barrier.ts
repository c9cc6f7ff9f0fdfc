import { monotonicMs, pollUntil, realSleep, SingleFlight } from '@waymark/async';
import type { After, EventStore } from '@waymark/event-store';
import {
  hasReached,
  hasTaken,
  laterEndOffsets,
  serviceOf,
  sourceOf,
  type Bus,
  type EndOffsets,
  type GroupOffsets,
  type CommittedOffsets,
} from '@waymark/messaging';
import { isTransient, reached, readsBus, readsLog, type BusReaction, type LogReaction, type Reaction } from '@waymark/event-processing';
import { RecentEventIndex } from './recent-event-index.js';
import { UnpublishedEvents } from './unpublished-events.js';

interface Deps {
  readonly store: Pick<EventStore, 'head' | 'readAll' | 'subscribe'>;
  readonly bus: Pick<Bus, 'progressOf' | 'endOffsetsOf' | 'nextChange'>;
  /** Of every service in this process. */
  readonly reactions: readonly Reaction[];
  /** The services in this process. */
  readonly here: readonly string[];
}

/** How long is left of a wait. */
class TimeBudget {
  private readonly endMs: number;
  constructor(
    timeoutMs: number,
    private readonly nextChange: () => Promise<void>,
  ) {
    this.endMs = monotonicMs() + timeoutMs;
  }
  get leftMs(): number {
    return Math.max(this.endMs - monotonicMs(), 0);
  }
  until(holds: () => Promise<boolean>): Promise<boolean> {
    return pollUntil(holds, { timeoutMs: this.leftMs, sleep: realSleep, monotonicMs, nextChange: this.nextChange });
  }
}

/**
 * Reads after writes, over distributed services. Everything up to a position is processed here once the subscribers of this process have passed it, the
 * other services have published their messages up to there, and those messages, with the events they caused here, have been processed too.
 */
export class ReadBarrier {
  private readonly others: readonly (readonly [service: string, owing: UnpublishedEvents])[];
  private readonly consumers: readonly Place[];
  private readonly readers: readonly LogReaction[];
  private readonly followed: RecentEventIndex;
  private readonly head: SingleFlight<After>;

  constructor(private readonly deps: Deps) {
    const consumers = deps.reactions.filter(readsBus);
    const topics = consumers.flatMap((reaction) => reaction.topics);
    this.consumers = consumers.map(placeOf);
    this.readers = readersOf(deps.reactions.filter(readsLog), topics);
    const others = [...new Set(topics.map(serviceOf))].filter((service) => !deps.here.includes(service));
    this.followed = new RecentEventIndex({ store: deps.store, services: others });
    this.others = others.map((service) => [service, new UnpublishedEvents(deps.store, service, this.followed)]);
    this.head = new SingleFlight(() => deps.store.head());
  }

  /** Nobody waits any more. */
  stop(): Promise<void> {
    return this.followed.stop();
  }

  /** What is recorded by now has reached one copy or projection of this process, whatever else lags. False when the time is up first. */
  async waitForReplica(name: string, timeoutMs: number): Promise<boolean> {
    const budget = new TimeBudget(timeoutMs, () => this.deps.bus.nextChange());
    const places = this.consumers.filter((place) => place.name === name);
    const topics = places.flatMap((place) => place.topics);
    const readers = this.deps.reactions
      .filter(readsLog)
      .filter((reader) => reader.name === name || (reader.publishes?.some((topic) => topics.includes(topic)) ?? false));
    const others = this.others.filter(([service]) => topics.some((topic) => serviceOf(topic) === service));
    await this.followed.follow();
    const position = await this.head.run();
    return (
      places.length + readers.length > 0 &&
      (position === 'start' ||
        ((await this.seen(position, budget, readers)) &&
          (await this.told(position, budget, others)) &&
          (await this.consumed(budget, places))))
    );
  }

  /** False when the time is up first. */
  async waitFor(position: After, timeoutMs: number): Promise<boolean> {
    const patience = new TimeBudget(timeoutMs, () => this.deps.bus.nextChange());
    await this.followed.follow();
    return (
      (await this.seen(position, patience)) &&
      (await this.told(position, patience)) &&
      (await this.consumed(patience)) &&
      this.seen(await this.head.run(), patience)
    );
  }

  private async seen(position: After, patience: TimeBudget, readers = this.readers): Promise<boolean> {
    const waits = readers.map((reaction) => reaction.waitFor(position, patience.leftMs));
    return (await Promise.all(waits)).every(Boolean);
  }

  private async told(position: After, patience: TimeBudget, others = this.others): Promise<boolean> {
    const waits = others.map(([service, owing]) => patience.until(this.hasTold(service, owing, position)));
    return (await Promise.all(waits)).every(Boolean);
  }

  /** A service that has nothing to publish up to there need not say so, nor even run. */
  private hasTold(service: string, owing: UnpublishedEvents, position: After): () => Promise<boolean> {
    return async () => {
      const told = this.deps.bus.progressOf(sourceOf(service)) as After;
      return reached(told, position) || !(await owing.areUnpublished(told, position));
    };
  }

  /** What comes in later is not waited for: where messages never end, nobody would ever be answered. */
  private async consumed(patience: TimeBudget, consumers = this.consumers): Promise<boolean> {
    const waits = consumers.map((place) => {
      const ends = this.endsOfTold(place.topics);
      return patience.until(ends ? hasTakenUpTo(ends, place) : hasTakenWhatIsThere(place));
    });
    return (await Promise.all(waits)).every(Boolean);
  }

  /** The offsets before which everything published lies; undefined where the bus has to be queried. A service that published nothing so far had nothing due. */
  private endsOfTold(topics: readonly string[]): EndOffsets | undefined {
    const { bus, here } = this.deps;
    let all: EndOffsets = new Map();
    for (const topic of topics) {
      const service = serviceOf(topic);
      // A service of this process may not have reported its offsets to the bus yet.
      if (here.includes(service)) return undefined;
      if (bus.progressOf(sourceOf(service)) === 'start') continue;
      const ends = bus.endOffsetsOf(sourceOf(service), [topic]);
      if (!ends) return undefined;
      all = laterEndOffsets(all, ends);
    }
    return all;
  }
}

/**
 * The subscribers whose effects are read here. A relay counts only where this process consumes its messages. A service with no other subscriber to the event
 * log uses its relay, so that a position that never arrives is noticed.
 */
const readersOf = (all: readonly LogReaction[], heard: readonly string[]): readonly LogReaction[] => {
  const read = all.filter(({ publishes }) => publishes?.some((topic) => heard.includes(topic)) ?? true);
  return read.length > 0 ? read : all;
};

/** How far a consumer is: many requests wait at once, and one query of the bus serves them all. */
interface Place {
  readonly name: string;
  readonly topics: readonly string[];
  readonly standing: SingleFlight<GroupOffsets | undefined>;
  readonly taken: SingleFlight<CommittedOffsets | undefined>;
}

const placeOf = (consumer: BusReaction): Place => ({
  name: consumer.name,
  topics: consumer.topics,
  standing: new SingleFlight(() => known(() => consumer.groupOffsets())),
  taken: new SingleFlight(() => known(() => consumer.committedOffsets())),
});

const hasTakenUpTo =
  (ends: EndOffsets, { taken }: Place): (() => Promise<boolean>) =>
  async () => {
    const now = await taken.run();
    return now !== undefined && hasReached(ends, now);
  };

/** Whether a consumer has taken what was there when this was first answered. */
const hasTakenWhatIsThere = ({ standing, taken }: Place): (() => Promise<boolean>) => {
  let was: GroupOffsets | undefined;
  return async () => {
    if (was === undefined) {
      was = await standing.run();
      return was !== undefined && hasTaken(was, nothingMore);
    }
    const now = await taken.run();
    return now !== undefined && hasTaken(was, now);
  };
};
const nothingMore: CommittedOffsets = new Map();

/** Undefined where the bus does not answer now; the query is then repeated. */
const known = async <T>(question: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await question();
  } catch (error) {
    if (isTransient(error)) return undefined;
    throw error;
  }
};
