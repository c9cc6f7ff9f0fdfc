import type { AnyCommand } from './command.js';
import type { Decision } from './decision.js';
import type { AnyEventDefinition, DomainEvent, Fact } from './event.js';

/** A domain: pure functions over commands, events and state. */
export interface Decider<C extends AnyCommand, E extends DomainEvent, S, Pack> {
  readonly initial: S;
  readonly decide: (command: C, state: S, pack: Pack) => Decision<E>;
  readonly evolve: (state: S, event: Fact<E>) => S;
}

/** A decider with its name and its events: `assessment.eha` owns the streams `assessment.eha-<id>`. */
export interface Aggregate<C extends AnyCommand, E extends DomainEvent, S, Pack> extends Decider<C, E, S, Pack> {
  readonly name: `${string}.${string}`;
  readonly events: readonly AnyEventDefinition[];
  /**
   * For a record that is no one family's: the authority under whose guidance it is decided, by its own state; `none` where no authority's guidance
   * is at stake, undefined as long as it is not known. Left out by a family's record, which is under the authority of its case.
   */
  readonly authorityOf?: (state: S) => AuthorityOf<Pack> | 'none' | undefined;
  /** Those of its events whose sealed fields its state looks at; all when it is left out. The others stay under seal, and read whatever became of their keys. */
  readonly opens?: readonly AnyEventDefinition[];
}

type AuthorityOf<Pack> = Pack extends { readonly authority: infer A } ? A : never;

/** A stream: `<service>.<aggregate>-<id>`. Holds no personal data. */
export type StreamName = `${string}.${string}-${string}`;

export const streamOf = (aggregate: { readonly name: `${string}.${string}` }, id: string): StreamName => `${aggregate.name}-${id}`;

/** Folds a history from its beginning. */
export const fold = <E extends DomainEvent, S>(
  decider: { readonly initial: S; readonly evolve: (state: S, event: Fact<E>) => S },
  events: Iterable<Fact<E>>,
): S => {
  let state = decider.initial;
  for (const event of events) state = decider.evolve(state, event);
  return state;
};
