import { instant, type Actor, type OrganisationId, type Purpose, type Role, type UserId } from '@waymark/kernel';
import { decideAccess, type AccessDecision } from './decide.js';
import type { About, CaseFacts } from './facts.js';
import { practicePolicy } from './practice.js';
import type { Relationship, RelationshipKind } from './relationships.js';

export const at = instant('2026-03-16T10:00:00Z');
export const actor = (role: Role, organisation = 'elm-school', user = 'dana'): Actor => ({
  user: user as UserId,
  role,
  organisation: organisation as OrganisationId,
});

export const relationship = (
  as: RelationshipKind,
  organisation: string,
  user: string | null = null,
  more: Partial<Relationship> = {},
): Relationship => ({
  as,
  organisation: organisation as OrganisationId,
  user: user as UserId | null,
  on: 'record',
  from: instant('2026-03-02T09:00:00Z'),
  until: null,
  toldAt: '1',
  ended: null,
  ...more,
});

export const aCase = (...relationships: readonly Relationship[]): CaseFacts => ({
  caseId: 'case',
  authority: 'peterborough',
  record: 'record',
  relationships,
});

export const decide = (name: string, who: Actor, about: About, purpose: Purpose = 'early-help'): AccessDecision =>
  decideAccess(practicePolicy, name, { actor: who, purpose, at, about });
export const may = (...of: Parameters<typeof decide>): boolean => decide(...of).outcome === 'allowed';
