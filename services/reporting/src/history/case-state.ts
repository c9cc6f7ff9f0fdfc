import type { Recorded } from '@waymark/event-store';
import type { DomainEvent, Fact, StreamName } from '@waymark/kernel';
import { isUnreadable, type CaseEvent } from './entry.js';
import type { Foldable, DomainCatalogue } from './domain-catalogue.js';

/** One aggregate of the case at a moment. */
export interface StreamState {
  readonly stream: StreamName;
  /** Null where no context knows the stream: a reaction's memory, or what a newer version wrote. */
  readonly aggregate: string | null;
  /** The version of the stream. */
  readonly version: number;
  /** Null where it cannot be folded; `because` says why. */
  readonly state: unknown;
  readonly because?: string;
}

interface Folding {
  readonly aggregate: Foldable | undefined;
  version: number;
  state: unknown;
  because: string | undefined;
}

/** Folds the events of a case, each stream with its own context's decider, one after the other as they come. */
export class CaseFold {
  readonly #streams = new Map<StreamName, Folding>();

  constructor(private readonly practice: DomainCatalogue) {}

  add(event: CaseEvent): void {
    const { stream, version } = isUnreadable(event) ? event.at : event;
    const folding = this.#streams.get(stream) ?? this.#begin(stream);
    folding.because ??= obstacle(folding, event, version);
    folding.version = version;
    if (folding.because === undefined) folding.state = evolve(folding, event as Recorded);
  }

  /** In the order in which the streams entered the case. */
  states(): readonly StreamState[] {
    return [...this.#streams].map(([stream, { aggregate, version, state, because }]) => ({
      ...{ stream, aggregate: aggregate?.name ?? null, version },
      ...(because === undefined ? { state } : { state: null, because }),
    }));
  }

  #begin(stream: StreamName): Folding {
    const aggregate = this.practice.aggregateOf(stream);
    const folding: Folding = { aggregate, version: 0, state: aggregate?.initial ?? null, because: undefined };
    this.#streams.set(stream, folding);
    return folding;
  }
}

/** Why a stream's state cannot be told from the case's events; undefined where nothing stands in the way. */
const obstacle = ({ aggregate, version: before }: Folding, event: CaseEvent, version: number): string | undefined => {
  if (!aggregate) return 'No context of this installation folds this stream.';
  if (version !== before + 1) return 'The stream holds entries of other cases, so that this case alone is not its state.';
  return isUnreadable(event)
    ? `Entry ${version} (${event.at.type}) cannot be read here, so that a state without it would be wrong.`
    : undefined;
};

const evolve = ({ aggregate, state }: Folding, event: Recorded): unknown =>
  (aggregate?.evolve as (state: unknown, event: Fact<DomainEvent>) => unknown)(state, event);
