import type { CaseId, CommandMeta, DomainEvent, Fact, Instant, PolicyInForce, StreamName, Uuid } from '@waymark/kernel';
import type { After } from '../event-log.js';

/** What the caller gives with a command; the time of the decision comes from the clock by default. */
export type CallerMeta = Omit<CommandMeta, 'now' | 'occurredAt'> & { readonly now?: Instant; readonly occurredAt?: Instant };

/** The policy pack that is recorded with an event: which one, in which version (GEN-01). */
export interface PackInForce {
  readonly id: string;
  readonly version: string;
}
export const inForce = ({ id, version }: PackInForce): PolicyInForce => ({ pack: id, version });

/** An event that a decision made. `occurredAt` overrides the command's where one event happened at another moment, as a missed deadline does. */
export type Decided<E extends DomainEvent> = E & { readonly occurredAt?: Instant };

export interface HandleOptions<Pack> {
  readonly meta: CallerMeta;
  readonly pack: Pack;
  /** The version that the caller saw (If-Match); another one is a {@link StaleVersion}. */
  readonly expected?: number | undefined;
}

/** What a command came to. `version` and `position` are the stream's after it; `events` are the ones that it made. */
export interface Handled<E extends DomainEvent = DomainEvent> {
  readonly outcome: 'accepted';
  readonly version: number;
  /** To wait for before a read; 'start' when the stream has no event. */
  readonly position: After;
  readonly events: readonly (Fact<E> & { readonly id: Uuid })[];
  /** The command was committed before; this is its first result. */
  readonly repeated: boolean;
}

/** Where a stream began: its case, and the policy that its first decision was made under. */
export interface Origin {
  readonly caseId: CaseId | null;
  readonly policy: PolicyInForce;
}

export interface Loaded<S> {
  readonly state: S;
  /** 0 when there is no such stream. */
  readonly version: number;
  readonly exists: boolean;
  /** Position of the stream's newest event; 'start' when there is none. */
  readonly position: After;
  /** Undefined when there is no such stream. */
  readonly origin: Origin | undefined;
}

/** The caller decided on an older version than the stream has now. */
export class StaleVersion extends Error {
  override readonly name = 'StaleVersion';
  constructor(
    readonly stream: StreamName,
    readonly expected: number,
    readonly current: number,
  ) {
    super(`${stream} is at version ${current} by now, not ${expected}`);
  }
}
