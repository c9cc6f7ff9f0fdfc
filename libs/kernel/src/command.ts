import type { Actor, Purpose } from './event.js';
import type { CaseId, Uuid } from './ids.js';
import type { Instant } from './time.js';

/** What every command carries, so that a domain needs no clock, chance or environment. */
export interface CommandMeta {
  readonly commandId: Uuid;
  /** The moment of deciding. */
  readonly now: Instant;
  /** When it happened, as told; `now` unless the entry is late (GEN-02). Never later than `now`. */
  readonly occurredAt: Instant;
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly correlationId: Uuid;
  readonly causationId: Uuid;
}

export interface Command<K extends string = string> {
  readonly kind: K;
  readonly caseId: CaseId;
  readonly meta: CommandMeta;
}

/** A command as a caller states it; the platform adds the rest. */
export type Intent<C extends Command> = C extends Command ? Omit<C, 'meta'> : never;
