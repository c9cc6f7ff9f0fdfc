import { z } from 'zod';
import type { Uuid, CaseId, OrganisationId, UserId } from './ids.js';
import type { Instant } from './time.js';
import { planSeals, type SealPlan } from './seal-plan.js';

/** `<service>.<WhatHappened>.v<n>`: a stable string, never a class name. */
export type EventType = `${string}.${string}.v${number}`;

export interface DomainEvent<T extends string = string, D = unknown> {
  readonly type: T;
  readonly data: D;
  /** Only where it differs from its command's: a deadline is missed when it was due, whenever that is noticed. */
  readonly occurredAt?: Instant;
  /** Only where it differs from its command's: a panel's decision is about several families, and some of its events about none. */
  readonly caseId?: CaseId | null;
}

/** The event as one of this case, or of none, whichever case its command is about. */
export const ofCase = <E extends DomainEvent>(caseId: CaseId | null, event: E): E => ({ ...event, caseId });

/** Who did it, in which role, for which organisation. */
export interface Actor {
  readonly user: UserId;
  readonly role: Role;
  readonly organisation: OrganisationId;
}

/** The roles of the practice; a role says in what capacity somebody acts, not what they are paid for. */
export const roles = [
  'practitioner',
  'lead-professional',
  'triage-officer',
  'hub-coordinator',
  'support-officer',
  'manager',
  'panel-member',
  'targeted-support-manager',
  'social-worker',
  'auditor',
  'public',
  'system',
] as const;
export type Role = (typeof roles)[number];

/** Why personal data is used; recorded with every event and every look. */
export const purposes = ['early-help', 'safeguarding', 'supervision', 'audit', 'statistics', 'operation'] as const;
export type Purpose = (typeof purposes)[number];

/** The policy pack and version that a decision was made under (GEN-01). */
export interface PolicyInForce {
  readonly pack: string;
  readonly version: string;
}

/** What surrounds an event before the store takes it. */
export interface Envelope {
  readonly caseId: CaseId | null;
  /** When it happened, as told (GEN-02). */
  readonly occurredAt: Instant;
  readonly actor: Actor;
  readonly purpose: Purpose;
  readonly policy: PolicyInForce;
  readonly correlationId: Uuid;
  readonly causationId: Uuid;
}

/** An event as a domain folds it: what happened, when and by whom. */
export type Fact<E extends DomainEvent = DomainEvent> = E & Pick<Envelope, 'occurredAt' | 'actor'>;

export interface Description {
  readonly occurredAt: Instant;
  readonly actor: Actor;
}

export interface EventDefinition<T extends EventType = EventType, Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** Makes the event. The data is checked when it is appended. */
  (data: z.output<z.ZodObject<Shape>>): DomainEvent<T, z.output<z.ZodObject<Shape>>>;
  readonly type: T;
  readonly schema: z.ZodObject<Shape>;
  readonly seals: SealPlan;
  /** The sentence that tells the event in a practitioner's words. */
  readonly tell: (data: z.output<z.ZodObject<Shape>>, telling: Description) => string;
  /** Earlier versions that read as this one. */
  readonly upcasts: readonly Upcast[];
}

/** Reads data written under an earlier type as this one's. Pure; sees data already unsealed. */
export interface Upcast {
  readonly from: EventType;
  readonly seals: SealPlan;
  readonly to: (data: never) => unknown;
}

export type EventOf<D> = D extends (data: infer Data) => DomainEvent<infer T> ? DomainEvent<T, Data> : never;

/** A definition of whatever type, for lists and registries. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: a list of definitions of differing data
export type AnyEventDefinition = EventDefinition<any, any>;

/**
 * Declares an event once: its type, validation, sealing and telling.
 * @throws TypeError when a leaf of the shape is declared neither `open` nor `sealed`, or a sealed field's subject is not there
 */
export const defineEvent = <const T extends EventType, Shape extends z.ZodRawShape>(
  type: T,
  shape: Shape,
  tell: (data: z.output<z.ZodObject<Shape>>, telling: Description) => string,
  upcasts: readonly Upcast[] = [],
): EventDefinition<T, Shape> => {
  if (!/^[a-z-]+\.[A-Z][A-Za-z]+\.v[1-9]\d*$/.test(type)) throw new TypeError(`event type ${type}: want service.WhatHappened.v1`);
  const schema = z.strictObject(shape) as unknown as z.ZodObject<Shape>;
  const make = (data: z.output<z.ZodObject<Shape>>) => ({ type, data });
  return Object.assign(make, { type, schema, seals: planSeals(type, schema), tell, upcasts });
};
