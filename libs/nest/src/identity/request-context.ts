import type { Granted } from '../access/gate.js';
import type { Actor, Instant, Purpose, Uuid } from '@waymark/kernel';

/** Who makes the request, why, and under which conditions: made once per request at the edge. */
export interface RequestContext {
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly correlationId: Uuid;
  /** Derived from the Idempotency-Key where there is one, so that a repeat is the same command. */
  readonly commandId: Uuid;
  /** When it came in. Decisions are dated by what they rest on too: see `CommandRunner.momentOf`. */
  readonly now: Instant;
  /** From If-Match: a version, `any` for `*`, undefined when there is none. */
  readonly expected: number | 'any' | undefined;
  /** With what the gate let it through; there for every handler. */
  readonly granted?: Granted;
}
