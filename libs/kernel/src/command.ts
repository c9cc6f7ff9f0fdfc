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

/** A command about one family, unless `Of` says otherwise: `Command<'OpenPanel', null>` is about none. */
export interface Command<K extends string = string, Of extends CaseId | null = CaseId> {
  readonly kind: K;
  /** The case of the events that it leads to, but for those that name their own (`ofCase`). */
  readonly caseId: Of;
  readonly meta: CommandMeta;
}

/** A command with or without a case. */
export type AnyCommand = Command<string, CaseId | null>;

/** A command as a caller states it; the platform adds the rest. */
export type Intent<C extends AnyCommand> = C extends AnyCommand ? Omit<C, 'meta'> : never;
