import {
  fold,
  streamOf,
  type Aggregate,
  type AnyCommand,
  type DomainEvent,
  type Fact,
  type Instant,
  type StreamName,
} from '@waymark/kernel';
import { BoundedMap } from '../bounded-map.js';
import type { After, Appended } from '../event-log.js';
import type { EventStore, NewEvent, Opens } from '../event-store.js';
import type { Loaded, Origin } from './results.js';

interface Kept {
  readonly state: unknown;
  readonly version: number;
  readonly position: After;
  readonly origin: Origin | undefined;
}

const nothing = { version: 0, position: 'start', origin: undefined } as const;

/** Folded states, kept by stream. A state that is kept is still checked against the tail of its stream at every look. */
export class States {
  readonly #kept: BoundedMap<StreamName, Kept>;
  /** What was loaded since the last time that all was forgotten: older states may hold what was erased meanwhile, and are not kept. */
  #fresh = new WeakSet<object>();

  constructor(
    private readonly store: EventStore,
    size: number,
    private readonly observed?: (recordedAt: Instant) => void,
  ) {
    this.#kept = new BoundedMap(size);
  }

  async load<C extends AnyCommand, E extends DomainEvent, S, Pack>(aggregate: Aggregate<C, E, S, Pack>, id: string): Promise<Loaded<S>> {
    const stream = streamOf(aggregate, id);
    const fresh = this.#fresh;
    const kept: Kept = this.#kept.get(stream) ?? { ...nothing, state: aggregate.initial };
    let { state, version, position, origin } = kept;
    for await (const page of this.store.read(stream, { from: version + 1 }, opensOf(aggregate))) {
      state = foldOn(aggregate, state as S, page as unknown as readonly Fact<E>[]);
      origin ??= originOf(page[0]!);
      const last = page[page.length - 1]!;
      version = last.version;
      position = last.position;
      this.observed?.(last.recordedAt);
    }
    if (version > kept.version && fresh === this.#fresh) this.#kept.set(stream, { state, version, position, origin });
    const loaded: Loaded<S> = { state: state as S, version, position, origin, exists: version > 0 };
    fresh.add(loaded);
    return loaded;
  }

  /** Takes over what was just appended on top of a loaded state. */
  advance<C extends AnyCommand, E extends DomainEvent, S, Pack>(
    aggregate: Aggregate<C, E, S, Pack>,
    from: Loaded<S>,
    events: readonly NewEvent<E>[],
    { stream, last, position, recordedAt }: Appended,
  ): void {
    const state = foldOn(aggregate, from.state, events as unknown as readonly Fact<E>[]);
    this.observed?.(recordedAt);
    if (this.#fresh.has(from)) this.#kept.set(stream, { state, version: last, position, origin: from.origin ?? originOf(events[0]!) });
  }

  forget(): void {
    this.#kept.clear();
    this.#fresh = new WeakSet();
  }
}

/** What is read of an aggregate's stream; undefined for all. */
export const opensOf = ({ opens }: { readonly opens?: readonly { readonly type: string }[] }): Opens | undefined =>
  opens?.map(({ type }) => type);

const originOf = ({ caseId, policy }: Origin): Origin => ({ caseId, policy });

const foldOn = <C extends AnyCommand, E extends DomainEvent, S, Pack>(
  { evolve }: Aggregate<C, E, S, Pack>,
  initial: S,
  events: readonly Fact<E>[],
): S => fold({ initial, evolve }, events);
