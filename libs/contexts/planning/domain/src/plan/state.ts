import type { Day, PersonId, Sealed, Uuid } from '@waymark/kernel';
import { sameProfessional, type Need, type Professional } from '../shared/fields.js';

export interface ActionTerms {
  readonly needId: Uuid;
  readonly what: Sealed<string>;
  readonly why: Sealed<string>;
  readonly howKnown: Sealed<string>;
  readonly means: Sealed<string>;
  readonly professional: Professional | null;
  readonly familyMember: PersonId | null;
  readonly by: Day;
}

export interface Action {
  readonly actionId: Uuid;
  readonly terms: ActionTerms;
  readonly status: 'open' | 'completed' | 'ended' | 'unfinished';
  /** PLAN-03. */
  readonly nonDelivery: 'none' | 'raised' | 'answered';
  readonly ownerPrompted: boolean;
  readonly leadProfessionalPrompted: boolean;
}

export interface Plan {
  readonly needs: readonly Need[];
  /** PLAN-04. */
  readonly goals: readonly Uuid[];
  readonly goalsPrompted: boolean;
  readonly actions: readonly Action[];
}

export const noPlan: Plan = { needs: [], goals: [], goalsPrompted: false, actions: [] };

export const actionOf = ({ actions }: Plan, actionId: Uuid): Action | undefined => actions.find((action) => action.actionId === actionId);

/** EP-02: an active plan has something still to do. */
export const isActive = ({ actions }: Plan): boolean => actions.some(({ status }) => status === 'open');

/** Whoever owns or owned an action: whom closing tells (EP-04). */
export const ownersIn = ({ actions }: Plan): { readonly people: readonly PersonId[]; readonly professionals: readonly Professional[] } => ({
  people: [...new Set(actions.flatMap(({ terms: { familyMember } }) => familyMember ?? []))],
  professionals: actions
    .flatMap(({ terms: { professional } }) => professional ?? [])
    .filter((one, index, all) => all.findIndex((other) => sameProfessional(one, other)) === index),
});
