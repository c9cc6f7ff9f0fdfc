import type { Recorded } from '@waymark/event-store';
import type { DomainEvent, Fact, StreamName } from '@waymark/kernel';
import { isUnreadable, type CaseEvent } from './entry.js';
import type { Foldable, Practice } from './practice.js';

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
  because?: string;
}

/** Folds the events of a case, each stream with its own context's decider, one after the other as they come. */
export class CaseFold {
  readonly #streams = new Map<StreamName, Folding>();

  constructor(private readonly practice: Practice) {}

  add(event: CaseEvent): void {
    const { stream, version } = isUnreadable(event) ? event.at : event;
    const folding = this.#streams.get(stream) ?? this.#begin(stream);
    // An event of another case stands between: a state without it would be a wrong one.
    if (version !== folding.version + 1)
      folding.because ??= 'The stream holds entries of other cases, so that this case alone is not its state.';
    folding.version = version;
    if (isUnreadable(event))
      folding.because ??= `Entry ${version} (${event.at.type}) cannot be read here, so that a state without it would be wrong.`;
    else if (folding.aggregate && folding.because === undefined) folding.state = evolve(folding.aggregate, folding.state, event);
  }

  /** In the order in which the streams entered the case. */
  states(): readonly StreamState[] {
    return [...this.#streams].map(([stream, { aggregate, version, state, because }]) => ({
      ...{ stream, aggregate: aggregate?.name ?? null, version },
      state: aggregate && because === undefined ? state : null,
      ...(because === undefined ? {} : { because }),
    }));
  }

  #begin(stream: StreamName): Folding {
    const aggregate = this.practice.aggregateOf(stream);
    const folding: Folding = { aggregate, version: 0, state: aggregate?.initial ?? null };
    if (!aggregate) folding.because = 'No context of this installation folds this stream.';
    this.#streams.set(stream, folding);
    return folding;
  }
}

const evolve = ({ evolve: step }: Foldable, state: unknown, event: Recorded): unknown =>
  (step as (state: unknown, event: Fact<DomainEvent>) => unknown)(state, event);
