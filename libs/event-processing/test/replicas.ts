import { derivedId } from '@waymark/kernel';
import { MemoryBus, MemoryTopicLog, type Message } from '@waymark/messaging';
import { MemoryReadModelStore, type Document, type ReadModelStore } from '@waymark/read-model';
import { Consumer } from '../src/bus/consumer.js';
import { allLetters } from '../src/core/parked-cases.js';
import { projection, ProjectionReaction } from '../src/projections/projection.js';
import { append, at, caseOf, clock, counted, Counted, noPause, noted, until } from './events.js';
import { MemoryEvents } from './memory-events.js';
import { DoomedProcess } from './process.js';

interface Seen extends Document {
  readonly seen: readonly number[];
}
const copies = { name: 'reporting.copies', indexes: [] };

/** Does something of another process at the n-th call that this one makes of the store, before the call or after it. */
class Interruption {
  calls = 0;
  constructor(
    private readonly at: number = Infinity,
    private readonly when: 'before' | 'after' = 'before',
    private readonly other: () => Promise<unknown> = async () => undefined,
  ) {}

  around(store: ReadModelStore): ReadModelStore {
    return new Proxy(store, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]) => {
          const mine = (this.calls += 1) === this.at;
          if (mine && this.when === 'before') await this.other();
          const result = await (value as (...all: unknown[]) => Promise<unknown>).apply(target, args);
          if (mine && this.when === 'after') await this.other();
          return result;
        };
      },
    });
  }
}

export type Breaks = (store: ReadModelStore) => ReadModelStore;

/** What the processes of a service share, and one case whose first item failed once and could now be taken. */
export interface Setting {
  /** A process of the service, over the store as it sees it. */
  replica(store?: (store: ReadModelStore) => ReadModelStore): Replica;
  /** The next item of the case. */
  arrive(): Promise<void>;
  outcome(): Promise<Outcome>;
}
export interface Outcome {
  readonly arrived: number;
  /** What took effect on the case, in order. */
  readonly seen: readonly number[];
  /** Why each of its items waits, in order. */
  readonly waiting: readonly string[];
}
export interface Replica {
  start(): void;
  stop(): Promise<void>;
  /** Resolves when everything that arrived was taken or parked. */
  settled(): Promise<void>;
  replay(): Promise<unknown>;
  tend(): Promise<void>;
}

const waitingIn = async (store: ReadModelStore, collection: string): Promise<readonly string[]> =>
  (await allLetters(store, collection)).map(({ because }) => because);

const readSeen = async (store: ReadModelStore, collection: string): Promise<readonly number[]> =>
  (await store.get<Seen>(collection, caseOf('a')))?.seen ?? [];

/** A consumer of the bus. Each replica believes that it owns every partition, as two do when one of them has not heard otherwise yet. */
export const consumers = async (breaks: Breaks = (store) => store): Promise<Setting> => {
  const topics = new MemoryTopicLog();
  const shared = new MemoryReadModelStore();
  const options = { contracts: [counted, noted], sleep: noPause };
  const bus = new MemoryBus(options, topics);
  let broken = true;
  let sent = 0;
  await shared.declare(copies);
  const replica = (view: (store: ReadModelStore) => ReadModelStore = (store) => store): Replica => {
    const own = new MemoryBus(options, topics);
    const consumer = new Consumer(
      {
        name: 'reporting.copy',
        handles: [counted],
        ignores: [noted],
        effect: async (messages, documents) => {
          for (const { key, data } of messages) {
            const known = await documents.get<Seen>(copies.name, key);
            documents.put(copies.name, { id: key, seen: [...(known?.seen ?? []), data.n] });
          }
          if (broken) throw new RangeError('choked');
        },
      },
      own,
      { readModel: breaks(view(shared)), clock, sleep: noPause },
    );
    return {
      start: () => consumer.start(),
      stop: () => consumer.stop(),
      settled: () => until(async () => (await consumer.lag()) === 0),
      replay: () => consumer.replay(caseOf('a')),
      tend: () => consumer.tend(),
    };
  };
  const arrive = async () => {
    const position = String((sent += 1)).padStart(16, '0');
    const message: Message = {
      ...{ id: derivedId('message', position), type: counted.type, source: '/services/planning', time: at, key: caseOf('a') },
      ...{ position, correlationId: derivedId('correlation'), data: { n: sent } },
    };
    await bus.publish(counted.topic, [message]);
  };
  const outcome = async () => ({
    arrived: sent,
    seen: await readSeen(shared, copies.name),
    waiting: await waitingIn(shared, 'reporting.parked-copy'),
  });
  await parkFirst(replica(), arrive);
  broken = false;
  return { replica, arrive, outcome };
};

/** A projection of the log. Each replica believes that it is the active one. */
export const projections = async (breaks: Breaks = (store) => store): Promise<Setting> => {
  const store = new MemoryEvents();
  const shared = new MemoryReadModelStore();
  let broken = true;
  let sent = 0;
  const tally = projection({
    name: 'planning.tally',
    collections: [{ name: 'planning.tallies', indexes: [] }],
    handles: [Counted],
    project: async (event, documents) => {
      const known = await documents.get<Seen>('planning.tallies', event.caseId ?? '');
      documents.put('planning.tallies', { id: event.caseId ?? '', seen: [...(known?.seen ?? []), event.data.n] });
      if (broken) throw new RangeError('choked');
    },
  });
  await shared.declare({ name: 'planning.tallies', indexes: [] });
  const replica = (view: (store: ReadModelStore) => ReadModelStore = (each) => each): Replica => {
    const reaction = new ProjectionReaction(tally, { store, readModel: breaks(view(shared)), clock, sleep: noPause });
    return {
      start: () => reaction.start(),
      stop: () => reaction.stop(),
      settled: async () => void (await reaction.waitFor(await store.head(), 5_000)),
      replay: () => reaction.replay(caseOf('a')),
      tend: () => reaction.tend(),
    };
  };
  const arrive = async () => void (await append(store, 'a', Counted({ n: (sent += 1) })));
  const outcome = async () => ({
    arrived: sent,
    seen: await readSeen(shared, 'planning.tallies'),
    waiting: await waitingIn(shared, 'planning.parked-tally'),
  });
  await parkFirst(replica(), arrive);
  broken = false;
  return { replica, arrive, outcome };
};

const parkFirst = async (first: Replica, arrive: Setting['arrive']): Promise<void> => {
  await arrive();
  first.start();
  await first.settled();
  await first.stop();
};

/** What one replica is at, and what the other does all at once in the middle of it. */
export interface Scene {
  readonly one: (replica: Replica, setting: Setting) => Promise<unknown>;
  readonly other: (replica: Replica, setting: Setting) => Promise<unknown>;
}

const take = async (replica: Replica): Promise<void> => {
  replica.start();
  await replica.settled();
};

export const scenes: Record<string, Scene> = {
  'the owner takes what arrives while another replays the case': {
    one: async (replica, { arrive }) => (await arrive(), await take(replica)),
    other: (replica) => replica.replay(),
  },
  'one replays the case while the owner takes what arrives': {
    one: (replica) => replica.replay(),
    other: async (replica, { arrive }) => (await arrive(), await take(replica)),
  },
  'two replay the case at once': { one: (replica) => replica.replay(), other: (replica) => replica.replay() },
  'two take what arrives, one of them having lost it': {
    one: async (replica, { arrive }) => (await replica.replay(), await arrive(), await arrive(), await take(replica)),
    other: (replica) => take(replica),
  },
};

interface Cut {
  readonly at: number;
  readonly when: 'before' | 'after';
  /** The call at which the other is lost, if it is. */
  readonly lostAt?: number;
}

/** Plays a scene with the other's part at one place, lets whoever is left look after what is parked, and tells what came of it. */
export const play = async (setting: Setting, scene: Scene, cut: Cut | undefined) => {
  const doomed = new DoomedProcess(cut?.lostAt);
  const second = setting.replica((store) => doomed.around(store));
  const interruption = new Interruption(cut?.at, cut?.when, () => Promise.race([doomed.died, scene.other(second, setting)]));
  const first = setting.replica((store) => interruption.around(store));
  await scene.one(first, setting);
  await first.settled();
  const { calls } = interruption;
  await first.tend();
  const outcome = await setting.outcome();
  if (cut?.lostAt === undefined) await second.stop();
  await first.stop();
  return { outcome, calls };
};
