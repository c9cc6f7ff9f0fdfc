import { deadlineEvents, timed, type DeadlineCommand, type DeadlineEvent, type Timed } from '@waymark/deadlines';
import type { EventStore } from '@waymark/event-store';
import {
  accept,
  derivedId,
  fold,
  instantFromMs,
  msOf,
  type Command,
  type DomainEvent,
  type Instant,
  type StreamName,
  type Uuid,
} from '@waymark/kernel';
import type { ReadModelStore } from '@waymark/read-model';
import { deadlineIndex } from '../src/deadlines/deadline-index.js';
import { ProjectionReaction } from '../src/projections/projection.js';
import { Timers, type Fire } from '../src/deadlines/timers.js';
import { caseOf, envelope, noPause } from './events.js';
import type { MemoryEvents } from './memory-events.js';

export const events = deadlineEvents('planning', { 'PLAN-04': 'hold the review meeting' });
export const episode = timed(events, { initial: null, decide: () => accept(), evolve: (state: null) => state });
type Event = DeadlineEvent<'planning'>;

/** A clock that is set by hand, either way. */
export class SetClock {
  constructor(public at: Instant = '2026-03-02T09:00:00.000Z' as Instant) {}
  now(): Instant {
    return this.at;
  }
  move(minutes: number): void {
    this.at = instantFromMs(msOf(this.at) + minutes * 60_000);
  }
  in(minutes: number): Instant {
    return instantFromMs(msOf(this.at) + minutes * 60_000);
  }
}

export const streamFor = (name: string): StreamName => `planning.episode-${name}`;
export const idOf = (name: string): Uuid => derivedId('deadline', name);

export const tell = async (store: MemoryEvents, name: string, event: DomainEvent, clock: SetClock): Promise<void> => {
  const version = store.of(streamFor(name)).length;
  const commandId = derivedId('told', name, String(version));
  const rest = {
    id: derivedId('event', commandId),
    caseId: caseOf(name),
    occurredAt: clock.now(),
    correlationId: commandId,
    causationId: commandId,
  };
  await store.append(streamFor(name), version || 'none', [{ ...event, ...envelope, ...rest }], commandId);
};

interface Minutes {
  readonly due: number;
  readonly remind?: number | null;
}
export const set = (store: MemoryEvents, name: string, clock: SetClock, { due, remind = null }: Minutes): Promise<void> => {
  const times = { dueAt: clock.in(due), remindAt: remind === null ? null : clock.in(remind) };
  return tell(store, name, events.DeadlineSet({ deadlineId: idOf(name), rule: 'PLAN-04', about: null, ...times }), clock);
};

/** What a service's command handling does with a due deadline: the first result of a repeated command, else decide and append. */
export const fireThrough =
  (store: EventStore, clock: SetClock, onFire: (name: string, moment: Instant) => void = () => undefined): Fire =>
  async (deadline, kind, commandId) => {
    const before = await store.committed(deadline.stream, commandId);
    if (before) return before.position;
    const history: unknown[] = [];
    for await (const page of store.read(deadline.stream)) history.push(...page);
    const state = fold<DomainEvent, Timed<null>>(episode as never, history as never[]);
    const command = {
      kind: kind === 'remind' ? 'RemindOfDeadline' : 'MissDeadline',
      caseId: deadline.caseId,
      deadlineId: deadline.id,
      meta: { now: clock.now() },
    };
    const decision = episode.decide(command as unknown as Command & DeadlineCommand, state, {});
    if (decision.outcome === 'refused') throw new Error(decision.message);
    const [event] = decision.events as readonly Event[];
    if (!event) return undefined;
    const rest = {
      id: derivedId('fired', commandId),
      caseId: deadline.caseId,
      occurredAt: clock.now(),
      correlationId: commandId,
      causationId: commandId,
    };
    onFire(deadline.aggregateId, deadline.nextAt as Instant);
    return (await store.append(deadline.stream, history.length, [{ ...event, ...envelope, ...rest }], commandId)).position;
  };

let blind = 0;
/** What must not be done: no look at the history, and an id that does not follow from the deadline. */
export const fireBlindly =
  (store: MemoryEvents, clock: SetClock): Fire =>
  async ({ id, stream, caseId, dueAt }, kind) => {
    const commandId = derivedId('blind', String((blind += 1)));
    const data = { deadlineId: id as Uuid, rule: 'PLAN-04', about: null, dueAt };
    const event = kind === 'remind' ? events.DeadlineReminded(data) : events.DeadlineMissed(data);
    const rest = { id: commandId, caseId, occurredAt: clock.now(), correlationId: commandId, causationId: commandId };
    return (await store.append(stream, store.of(stream).length, [{ ...event, ...envelope, ...rest }], commandId)).position;
  };

export interface Scheduler {
  readonly index: ProjectionReaction;
  readonly timers: Timers;
  /** As the loop does it: what the log holds is indexed, then what is due is fired. */
  look(): Promise<{ fired: number; failed: number }>;
  stop(): Promise<void>;
}

export const scheduler = async (store: EventStore, readModel: ReadModelStore, clock: SetClock, fire: Fire): Promise<Scheduler> => {
  const index = new ProjectionReaction(deadlineIndex('planning', events, ['planning.episode']) as never, {
    store,
    readModel,
    clock,
    sleep: noPause,
  });
  await index.declare();
  index.start();
  const timers = new Timers({ service: 'planning', readModel, index, fire, clock });
  return {
    index: index,
    timers,
    look: async () => {
      await index.waitFor(await store.head(), 5_000);
      return timers.runDue(clock.now());
    },
    stop: async () => {
      await timers.stop();
      await index.stop();
    },
  };
};
