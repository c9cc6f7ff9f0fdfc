import { fold, streamOf, type Aggregate, type Command, type DomainEvent, type Fact, type StreamName } from '@waymark/kernel';
import { BoundedMap } from '../bounded-map.js';
import type { After } from '../event-log.js';
import type { EventStore } from '../event-store.js';
import type { Loaded } from './results.js';

interface Kept {
  readonly state: unknown;
  readonly version: number;
  readonly position: After;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: any aggregate will do
export type AnyAggregate = Aggregate<any, any, any, any>;

/** Folded states, kept by stream. A state that is kept is still checked against the tail of its stream at every look. */
export class States {
  readonly #kept: BoundedMap<StreamName, Kept>;

  constructor(
    private readonly store: EventStore,
    size: number,
  ) {
    this.#kept = new BoundedMap(size);
  }

  async load<C extends Command, E extends DomainEvent, S, Pack>(aggregate: Aggregate<C, E, S, Pack>, id: string): Promise<Loaded<S>> {
    const stream = streamOf(aggregate, id);
    const kept = this.#kept.get(stream);
    let state = (kept?.state ?? aggregate.initial) as S;
    let version = kept?.version ?? 0;
    let position: After = kept?.position ?? 'start';
    for await (const page of this.store.read(stream, { from: version + 1 })) {
      state = foldOn(aggregate, state, page as unknown as readonly Fact<E>[]);
      const last = page[page.length - 1]!;
      version = last.version;
      position = last.position;
    }
    if (version > (kept?.version ?? 0)) this.#kept.set(stream, { state, version, position });
    return { state, version, position, exists: version > 0 };
  }

  /** Takes over what was just appended on top of a loaded state. */
  advance<C extends Command, E extends DomainEvent, S, Pack>(
    aggregate: Aggregate<C, E, S, Pack>,
    stream: StreamName,
    from: Loaded<S>,
    events: readonly Fact<E>[],
    position: After,
  ): void {
    this.#kept.set(stream, { state: foldOn(aggregate, from.state, events), version: from.version + events.length, position });
  }

  forget(): void {
    this.#kept.clear();
  }
}

const foldOn = <C extends Command, E extends DomainEvent, S, Pack>(
  { evolve }: Aggregate<C, E, S, Pack>,
  initial: S,
  events: readonly Fact<E>[],
): S => fold({ initial, evolve }, events);
