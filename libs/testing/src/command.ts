import {
  derivedId,
  instant,
  type Actor,
  type CaseId,
  type CommandMeta,
  type OrganisationId,
  type UserId,
  type Uuid,
} from '@waymark/kernel';

/** Fixed identifiers for tests, readable and valid: `idOf('child')` is always the same UUID. */
export const idOf = <T extends string = Uuid>(name: string): T => derivedId('test', name) as unknown as T;

export const aCase = idOf<CaseId>('case');

export const actor = (user: string, role: Actor['role'], organisation: string): Actor => ({
  user: user as UserId,
  role,
  organisation: organisation as OrganisationId,
});

export const dana = actor('dana', 'practitioner', 'fenbank-primary');

/** Command surroundings; `occurredAt` follows `now` unless it is given. */
export const meta = (overrides: Partial<CommandMeta> = {}): CommandMeta => {
  const now = overrides.now ?? instant('2026-03-09T10:00:00Z');
  return {
    commandId: idOf('command'),
    occurredAt: now,
    actor: dana,
    purpose: 'early-help',
    correlationId: idOf('correlation'),
    causationId: idOf('command'),
    ...overrides,
    now,
  };
};
