import type { DomainEvent } from './event.js';

/** The id of a rule of the practice, such as `CON-01`. */
export type RuleId = `${Uppercase<string>}-${number}`;

export type NonEmpty<T> = readonly [T, ...T[]];

export const isNonEmpty = <T>(list: readonly T[]): list is NonEmpty<T> => list.length > 0;

/**
 * `rule`: the practice forbids it. `wrong-state`: not now, by what is recorded already. `invalid`: never, whatever is recorded (a birth in the future).
 * `unknown`: there is no such thing. `not-permitted`: not by this actor.
 */
export type RefusalReason = 'rule' | 'wrong-state' | 'invalid' | 'unknown' | 'not-permitted';

export interface Refused {
  readonly outcome: 'refused';
  readonly reason: RefusalReason;
  readonly rule?: RuleId;
  /** A sentence a practitioner understands: what is missing and how to mend it. Holds no personal data. */
  readonly message: string;
  /** The command's field at fault, as a dotted path. */
  readonly field?: string;
  /** What stands in the way, by id: a second assessment is refused with a pointer to the first (EHA-03). */
  readonly see?: { readonly kind: string; readonly id: string };
}

export interface Accepted<E extends DomainEvent> {
  readonly outcome: 'accepted';
  readonly events: readonly E[];
}

export type Decision<E extends DomainEvent> = Accepted<E> | Refused;

export const accept = <E extends DomainEvent>(...events: readonly E[]): Accepted<E> => ({ outcome: 'accepted', events });

type Details = Partial<Pick<Refused, 'field' | 'see'>>;

/** Refuses because a rule of the practice forbids it. */
export const refuse = (rule: RuleId, message: string, details: Details = {}): Refused => ({
  outcome: 'refused',
  reason: 'rule',
  rule,
  message,
  ...details,
});

const otherwise =
  (reason: RefusalReason) =>
  (message: string, details: Details = {}): Refused => ({ outcome: 'refused', reason, message, ...details });

/** Refuses by a rule because of what is recorded already: the same would be taken in another state (EHA-03, an assessment is open). */
export const conflict = (rule: RuleId, message: string, details: Details = {}): Refused => ({ ...wrongState(message, details), rule });

export const invalid = otherwise('invalid');
export const wrongState = otherwise('wrong-state');
export const unknown = otherwise('unknown');
export const notPermitted = otherwise('not-permitted');

/** A named rule: says nothing when it is kept, and why when it is not. */
export type Policy<Command, State, Pack> = (command: Command, state: State, pack: Pack) => Refused | undefined;

/** The first refusal among the policies, if any. */
export const check = <Command, State, Pack>(
  policies: readonly Policy<Command, State, Pack>[],
  command: Command,
  state: State,
  pack: Pack,
): Refused | undefined => {
  for (const policy of policies) {
    const refusal = policy(command, state, pack);
    if (refusal) return refusal;
  }
  return undefined;
};

/** Ends a switch over a union: a case that was forgotten does not compile. */
export const never = (value: never): never => {
  throw new TypeError(`unhandled: ${JSON.stringify((value as { kind?: unknown; type?: unknown } | undefined)?.kind ?? 'case')}`);
};
