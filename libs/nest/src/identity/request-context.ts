import type { Actor, CommandMeta, Purpose, Uuid } from '@waymark/kernel';

/** Who asks, why, and under which conditions: made once per request at the edge. */
export interface RequestContext {
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly correlationId: Uuid;
  /** Derived from the Idempotency-Key where there is one, so that a repeat is the same command. */
  readonly commandId: Uuid;
  readonly now: CommandMeta['now'];
  /** From If-Match: a version, `any` for `*`, undefined when there is none. */
  readonly expected: number | 'any' | undefined;
}
