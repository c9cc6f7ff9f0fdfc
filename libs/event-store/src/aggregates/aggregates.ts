import {
  fold,
  streamOf,
  type Aggregate,
  type CaseId,
  type Command,
  type CommandMeta,
  type DomainEvent,
  type Fact,
  type Ids,
  type Intent,
  type NonEmpty,
  type PolicyInForce,
  type Refused,
  type StreamName,
  type Uuid,
} from '@waymark/kernel';
import { BoundedMap } from '../bounded-map.js';
import { WrongExpectedVersion, type After, type Appended } from '../event-log.js';
import type { EventStore, NewEvent, Recorded } from '../event-store.js';

/** Where a stream began: its case, and the policy under which its first decision was made. */
export interface Origin {
  readonly caseId: CaseId | null;
  readonly policy: PolicyInForce;
}

/** An aggregate as it stands. Version 0 and no origin: there is none yet. */
export interface Loaded<S> {
  readonly state: S;
  readonly version: number;
  readonly origin: Origin | undefined;
}

export interface Handled<E extends DomainEvent> {
  readonly outcome: 'accepted';
  readonly version: number;
  readonly position: After;
  readonly events: readonly E[];
  /** The command had been done before: this is its first result. */
  readonly repeated: boolean;
}

/** The version that a caller decided on is not the current one. */
export class StaleVersion extends Error {
  override readonly name = 'StaleVersion';
  constructor(
    readonly stream: StreamName,
    readonly current: number,
  ) {
    super(`${stream} is at version ${current} by now`);
  }
}

/** The pack that a decision is made under; its id and version go into every event (GEN-01). */
interface Pack {
  readonly id: string;
  readonly version: string;
}

interface Circumstances<P extends Pack> {
  readonly meta: CommandMeta;
  readonly pack: P;
  /** The version that the caller decided on; without it a lost race is decided again on the newer state. */
  readonly expected?: number;
}

/** Loads aggregates and runs commands on them: load, decide, append. */
export interface Aggregates {
  load<C extends Command, E extends DomainEvent, S, P>(aggregate: Aggregate<C, E, S, P>, id: string): Promise<Loaded<S>>;
  /** @throws StaleVersion, and what {@link EventStore.append} throws */
  handle<C extends Command, E extends DomainEvent, S, P extends Pack>(
    aggregate: Aggregate<C, E, S, P>,
    id: string,
    intent: Intent<C>,
    circumstances: Circumstances<P>,
  ): Promise<Handled<E> | Refused>;
  /** Drops every cached state: after an erasure nothing erased may be remembered. */
  forget(): void;
}

interface Dependencies {
  readonly store: EventStore;
  readonly ids: Ids;
  /** How many folded states are kept; the least recently used go first. */
  readonly cacheSize?: number;
}

const attempts = 5;

export const aggregates = ({ store, ids, cacheSize = 10_000 }: Dependencies): Aggregates => {
  const cache = new BoundedMap<StreamName, Loaded<unknown>>(cacheSize);

  const load = async <C extends Command, E extends DomainEvent, S, P>(aggregate: Aggregate<C, E, S, P>, id: string): Promise<Loaded<S>> => {
    const stream = streamOf(aggregate, id);
    const cached = cache.get(stream) as Loaded<S> | undefined;
    let loaded: Loaded<S> = cached ?? { state: aggregate.initial, version: 0, origin: undefined };
    // The tail is always looked at: another process may have appended.
    for await (const page of store.read(stream, { from: loaded.version + 1 })) loaded = advance(aggregate, loaded, page);
    if (loaded !== cached && loaded.version > 0) cache.set(stream, loaded);
    return loaded;
  };

  const firstResult = async <E extends DomainEvent>(appended: Appended): Promise<Handled<E>> => {
    const events: E[] = [];
    for await (const page of store.read(appended.stream, { from: appended.first, to: appended.last }))
      events.push(...(page as readonly unknown[] as E[]));
    return { outcome: 'accepted', version: appended.last, position: appended.position, events, repeated: true };
  };

  const commit = async <C extends Command, E extends DomainEvent, S, P extends Pack>(
    aggregate: Aggregate<C, E, S, P>,
    { stream, loaded, intent }: { stream: StreamName; loaded: Loaded<S>; intent: Intent<C> },
    decided: NonEmpty<E>,
    { meta, pack }: Circumstances<P>,
  ): Promise<Handled<E>> => {
    const envelope = {
      caseId: intent.caseId,
      actor: meta.actor,
      purpose: meta.purpose,
      policy: { pack: pack.id, version: pack.version },
      correlationId: meta.correlationId,
      causationId: meta.causationId,
    };
    const events = decided.map((event): NewEvent<E> => ({
      ...envelope,
      id: ids.next() as Uuid,
      type: event.type,
      data: event.data,
      occurredAt: event.occurredAt ?? meta.occurredAt,
    })) as readonly NewEvent<E>[] as NonEmpty<NewEvent<E>>;
    const appended = await store.append(stream, loaded.version === 0 ? 'none' : loaded.version, events, meta.commandId);
    if (appended.repeated) return firstResult<E>(appended);
    const state = fold({ initial: loaded.state, evolve: aggregate.evolve }, events as unknown as readonly Fact<E>[]);
    cache.set(stream, { state, version: appended.last, origin: loaded.origin ?? envelope });
    return { outcome: 'accepted', version: appended.last, position: appended.position, events: decided, repeated: false };
  };

  const decideAndCommit = async <C extends Command, E extends DomainEvent, S, P extends Pack>(
    aggregate: Aggregate<C, E, S, P>,
    id: string,
    intent: Intent<C>,
    circumstances: Circumstances<P>,
  ): Promise<Handled<E> | Refused> => {
    const { meta, pack, expected } = circumstances;
    const stream = streamOf(aggregate, id);
    const loaded = await load(aggregate, id);
    const stale = expected !== undefined && expected !== loaded.version;
    const decision = stale ? undefined : aggregate.decide({ ...intent, meta } as unknown as C, loaded.state, pack);
    if (decision?.outcome !== 'accepted') {
      // What was done once is refused or stale the second time; then the first result is the answer.
      const done = await store.committed(stream, meta.commandId);
      if (done) return firstResult<E>(done);
      if (decision === undefined) throw new StaleVersion(stream, loaded.version);
      return decision;
    }
    const { events } = decision;
    if (!isNonEmpty(events)) return { outcome: 'accepted', version: loaded.version, position: await store.head(), events, repeated: false };
    return commit(aggregate, { stream, loaded, intent }, events, circumstances);
  };

  return {
    load,
    handle: async (aggregate, id, intent, circumstances) => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await decideAndCommit(aggregate, id, intent, circumstances);
        } catch (error) {
          if (!(error instanceof WrongExpectedVersion)) throw error;
          if (circumstances.expected !== undefined) throw new StaleVersion(error.stream, error.actual);
          if (attempt === attempts) throw error;
        }
      }
    },
    forget: () => {
      cache.clear();
    },
  };
};

const advance = <E extends DomainEvent, S>(
  { evolve }: { evolve: (state: S, event: Fact<E>) => S },
  { state, origin }: Loaded<S>,
  page: readonly Recorded[],
): Loaded<S> => {
  const first = page[0];
  const last = page.at(-1);
  if (!first || !last) throw new TypeError('a page holds at least one event');
  return {
    state: fold({ initial: state, evolve }, page as unknown as readonly Fact<E>[]),
    version: last.version,
    origin: origin ?? { caseId: first.caseId, policy: first.policy },
  };
};

const isNonEmpty = <T>(items: readonly T[]): items is NonEmpty<T> => items.length > 0;
