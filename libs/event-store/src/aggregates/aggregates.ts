import { KeyedMutex } from '@waymark/async';
import {
  refuse,
  streamOf,
  type Accepted,
  type Aggregate,
  type Clock,
  type AnyCommand,
  type AnyEventDefinition,
  type CommandMeta,
  type DomainEvent,
  type Fact,
  type Ids,
  type Instant,
  type Intent,
  type NonEmpty,
  type Refused,
  type StreamName,
  type Uuid,
} from '@waymark/kernel';
import { WrongExpectedVersion, type Appended } from '../event-log.js';
import type { EventStore, NewEvent, Recorded } from '../event-store.js';
import { inForce, StaleVersion, type Decided, type HandleOptions, type Handled, type Loaded, type PackInForce } from './results.js';
import { opensOf, States } from './states.js';

export interface AggregatesOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Called with the recording time of the newest event that a decision depends on, before the decision is dated. */
  readonly observed?: (recordedAt: Instant) => void;
  /** How many folded states are kept; 10,000 by default. */
  readonly cacheSize?: number;
}

/** Runs commands against aggregates: load, decide, append. Services, workflows and timers all go through it. */
export interface Aggregates {
  /**
   * Decides a command and appends what was decided. A command id that was committed before gives its first result.
   * @throws StaleVersion | WrongExpectedVersion (after five lost races) | UnreadableEvent | StoreUnavailable | SubjectErased
   */
  handle<C extends AnyCommand, E extends DomainEvent, S, Pack extends PackInForce>(
    aggregate: Aggregate<C, E, S, Pack>,
    id: string,
    intent: Intent<C>,
    options: HandleOptions<Pack>,
  ): Promise<Handled<E> | Refused>;
  load<C extends AnyCommand, E extends DomainEvent, S, Pack>(aggregate: Aggregate<C, E, S, Pack>, id: string): Promise<Loaded<S>>;
  /** Lets all kept states go; to be called when somebody's key was destroyed. */
  forget(): void;
}

export const aggregates = (options: AggregatesOptions): Aggregates => new Runner(options);

const attempts = 5;

/** What one command carries through its attempts. */
interface Job<C extends AnyCommand, E extends DomainEvent, S, Pack> {
  readonly aggregate: Aggregate<C, E, S, Pack>;
  readonly id: string;
  readonly stream: StreamName;
  readonly command: C;
  readonly pack: Pack;
  readonly expected: number | undefined;
}

/** The part of a job that decides whether it was done before. */
interface Before {
  readonly aggregate: { readonly opens?: readonly AnyEventDefinition[] };
  readonly stream: StreamName;
  readonly command: AnyCommand;
}

class Runner implements Aggregates {
  readonly #states: States;
  readonly #byStream = new KeyedMutex();

  constructor(private readonly options: AggregatesOptions) {
    this.#states = new States(options.store, options.cacheSize ?? 10_000, options.observed);
  }

  async handle<C extends AnyCommand, E extends DomainEvent, S, Pack extends PackInForce>(
    aggregate: Aggregate<C, E, S, Pack>,
    id: string,
    intent: Intent<C>,
    { meta: told, pack, expected }: HandleOptions<Pack>,
  ): Promise<Handled<E> | Refused> {
    const now = told.now ?? this.options.clock.now();
    const meta: CommandMeta = { ...told, now, occurredAt: told.occurredAt ?? now };
    if (meta.occurredAt > now) return inTheFuture;
    const stream = streamOf(aggregate, id);
    const command = { ...intent, meta } as unknown as C;
    return this.#byStream.run(stream, () => this.#attempt({ aggregate, id, stream, command, pack, expected }, 1));
  }

  load<C extends AnyCommand, E extends DomainEvent, S, Pack>(aggregate: Aggregate<C, E, S, Pack>, id: string): Promise<Loaded<S>> {
    return this.#states.load(aggregate, id);
  }

  forget(): void {
    this.#states.forget();
  }

  async #attempt<C extends AnyCommand, E extends DomainEvent, S, Pack extends PackInForce>(
    job: Job<C, E, S, Pack>,
    attempt: number,
  ): Promise<Handled<E> | Refused> {
    const loaded = await this.#states.load(job.aggregate, job.id);
    const decided = this.#decide(job, loaded);
    if (!Array.isArray(decided)) return (await this.#before<E>(job)) ?? (decided instanceof StaleVersion ? thrown(decided) : decided);
    try {
      return await this.#append(job, loaded, decided);
    } catch (error) {
      if (!(error instanceof WrongExpectedVersion)) throw error;
      if (job.expected !== undefined) throw new StaleVersion(job.stream, job.expected, error.actual);
      if (attempt >= attempts) throw error;
      return this.#attempt(job, attempt + 1);
    }
  }

  /** The events to append, or the answer when there are none. */
  #decide<C extends AnyCommand, E extends DomainEvent, S, Pack extends PackInForce>(
    job: Job<C, E, S, Pack>,
    loaded: Loaded<S>,
  ): NewEvent<E>[] | Handled<E> | Refused | StaleVersion {
    const { aggregate, stream, command, pack, expected } = job;
    if (expected !== undefined && expected !== loaded.version) return new StaleVersion(stream, expected, loaded.version);
    const decision = aggregate.decide(command, loaded.state, pack);
    if (decision.outcome === 'refused') return decision;
    if (decision.events.length === 0) return unchanged(loaded);
    const events = this.#newEvents(job, decision);
    return events.some(({ occurredAt }) => occurredAt > command.meta.now) ? inTheFuture : events;
  }

  async #append<C extends AnyCommand, E extends DomainEvent, S, Pack>(
    job: Job<C, E, S, Pack>,
    loaded: Loaded<S>,
    events: readonly NewEvent<E>[],
  ): Promise<Handled<E>> {
    const { aggregate, stream, command } = job;
    const appended = await this.options.store.append(
      stream,
      loaded.version === 0 ? 'none' : loaded.version,
      events as unknown as NonEmpty<NewEvent>,
      command.meta.commandId,
    );
    if (appended.repeated) return this.#firstResult<E>(aggregate, appended);
    const facts = events as unknown as readonly (Fact<E> & { readonly id: Uuid })[];
    this.#states.advance(aggregate, loaded, events, appended);
    return { outcome: 'accepted', version: appended.last, position: appended.position, events: facts, repeated: false };
  }

  #newEvents<C extends AnyCommand, E extends DomainEvent, S, Pack extends PackInForce>(
    { command, pack }: Job<C, E, S, Pack>,
    { events }: Accepted<E>,
  ): NewEvent<E>[] {
    const { meta, caseId } = command;
    const policy = inForce(pack);
    return events.map((event) => ({
      id: this.options.ids.next() as Uuid,
      type: event.type,
      data: event.data,
      caseId: event.caseId === undefined ? caseId : event.caseId,
      occurredAt: (event as Decided<E>).occurredAt ?? meta.occurredAt,
      actor: meta.actor,
      purpose: meta.purpose,
      policy,
      correlationId: meta.correlationId,
      causationId: meta.causationId,
    }));
  }

  /** What the command came to when it was committed before: a repetition is not judged by what it itself has changed. */
  async #before<E extends DomainEvent>({ aggregate, stream, command }: Before): Promise<Handled<E> | undefined> {
    const first = await this.options.store.committed(stream, command.meta.commandId);
    return first && this.#firstResult<E>(aggregate, first);
  }

  async #firstResult<E extends DomainEvent>(
    aggregate: Before['aggregate'],
    { stream, first, last, position }: Appended,
  ): Promise<Handled<E>> {
    const events: Recorded[] = [];
    for await (const page of this.options.store.read(stream, { from: first, to: last }, opensOf(aggregate))) events.push(...page);
    return { outcome: 'accepted', version: last, position, events: events as unknown as Handled<E>['events'], repeated: true };
  }
}

const inTheFuture = refuse(
  'GEN-02',
  'The date on which it happened lies in the future. Give the date it happened, or leave it out for now.',
  {
    field: 'occurredAt',
  },
);

const unchanged = <S>({ version, position }: Loaded<S>): Handled<never> => ({
  outcome: 'accepted',
  version,
  position,
  events: [],
  repeated: false,
});

const thrown = (error: Error): never => {
  throw error;
};
