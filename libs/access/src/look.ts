import type { Actor, Purpose, Role } from '@waymark/kernel';

/** Somebody asks to see personal data. */
export interface Look {
  readonly actor: Actor;
  readonly purpose: Purpose;
  /** What is shown, in words: `a contact`, `the chronology of a case`. */
  readonly shows: string;
}

export type LookDecision = { readonly outcome: 'allowed' } | { readonly outcome: 'denied'; readonly why: string };

/** Purposes for which a role may look at all. What is not listed is denied (ACC-01: default is no). */
const purposesOf: Readonly<Record<Role, readonly Purpose[]>> = {
  practitioner: ['early-help', 'safeguarding'],
  'lead-professional': ['early-help', 'safeguarding'],
  'triage-officer': ['early-help', 'safeguarding'],
  'hub-coordinator': ['early-help', 'safeguarding'],
  'support-officer': ['early-help', 'safeguarding'],
  manager: ['early-help', 'safeguarding', 'supervision'],
  'panel-member': ['early-help'],
  'targeted-support-manager': ['early-help', 'safeguarding', 'supervision'],
  'social-worker': ['early-help', 'safeguarding'],
  auditor: ['audit'],
  public: [],
  system: ['operation'],
};

/**
 * Whether a look is allowed: the one place that is asked before personal data is shown. By role and purpose; the organisation, the
 * relationship to the case, consent and restriction join it here.
 */
export const decideLook = ({ actor, purpose }: Look): LookDecision =>
  purposesOf[actor.role].includes(purpose)
    ? { outcome: 'allowed' }
    : { outcome: 'denied', why: `The role ${actor.role} does not look at personal data for the purpose ${purpose}.` };
