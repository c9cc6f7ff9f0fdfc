import type { Purpose, Role, RuleId } from '@waymark/kernel';
import { grounds, professionals, type Ground, type GroundName } from './grounds.js';
import { isOfCase, type Facts, type FactsOfCase } from './facts.js';
import type { AccessPolicy, Row } from './policy.js';

export type AccessDecision =
  | { readonly outcome: 'allowed'; readonly because: GroundName | 'filtered' }
  | { readonly outcome: 'denied'; readonly rule: RuleId; readonly why: string };

/** Purposes for which a role may look or act at all (ACC-01: default is no). */
const purposesOf: Readonly<Record<Role, readonly Purpose[]>> = {
  practitioner: ['early-help', 'safeguarding'],
  'lead-professional': ['early-help', 'safeguarding'],
  'triage-officer': ['early-help', 'safeguarding'],
  'hub-coordinator': ['early-help', 'safeguarding'],
  'support-officer': ['early-help', 'safeguarding', 'operation'],
  manager: ['early-help', 'safeguarding', 'supervision', 'operation'],
  'panel-member': ['early-help'],
  'targeted-support-manager': ['early-help', 'safeguarding', 'supervision', 'operation'],
  'social-worker': ['early-help', 'safeguarding'],
  auditor: ['audit'],
  public: ['early-help', 'safeguarding'],
  system: ['operation'],
};

type Prohibition = (row: Row, facts: Facts) => string | undefined;

/** ACC-01. */
const purposeFitsTheRole: Prohibition = (_row, { actor, purpose }) =>
  purposesOf[actor.role].includes(purpose) ? undefined : `The role ${actor.role} has no access for the purpose ${purpose}.`;

/** ACC-01: `public` makes contacts, and that is all. */
const thePublicOnlyMakesContacts: Prohibition = ({ action }, { actor, about }) =>
  actor.role !== 'public' || (action === 'contact.make' && about === 'new')
    ? undefined
    : 'A member of the public makes contacts and neither sees nor changes a record.';

/** ACC-01: who checks the record does not make it. */
const theAuditorWritesNothing: Prohibition = ({ writes }, { actor }) =>
  actor.role === 'auditor' && writes ? 'An auditor looks, and writes nothing.' : undefined;

export const prohibitions: readonly Prohibition[] = [purposeFitsTheRole, thePublicOnlyMakesContacts, theAuditorWritesNothing];

const denied = (why: string, rule: RuleId = 'ACC-01'): AccessDecision => ({ outcome: 'denied', rule, why });

/** Whether somebody may, and on which ground: pure, and asked before every handler. What the policy does not name is denied. */
export const decideAccess = (policy: AccessPolicy, name: string, facts: Facts, before = prohibitions): AccessDecision => {
  const row = Object.hasOwn(policy, name) ? policy[name] : undefined;
  if (!row) return denied('The policy does not know this action.');
  for (const prohibition of before) {
    const why = prohibition(row, facts);
    if (why !== undefined) return denied(why);
  }
  // Which records a list shows is decided record by record.
  if (facts.about === 'many') return { outcome: 'allowed', because: 'filtered' };
  const because = row.by.find((ground) => holds(grounds[ground], facts));
  return because ? { outcome: 'allowed', because } : whyNot(row, facts);
};

const holds = (ground: Ground, facts: Facts): boolean =>
  ground.kind === 'anyone' ? ground.holds(facts) : isOfCase(facts) && ground.holds(facts);

const operating = "The platform is operated by support officers and managers of an authority's bodies, for the purpose operation.";

/** What some actions say to whoever is turned away: how to go on. */
const wordsOf: Readonly<Record<string, string | undefined>> = {
  'case.history':
    'The whole history of a case holds safeguarding enquiries too, and is read for safeguarding and for audit. ' +
    'Read each record of the case where it is kept: its assessments, episode, plan, notes and requests.',
  'platform.operate': operating,
  'platform.see': operating,
  'parked.read': operating,
};

/** How an action goes on that a case holds up: a concern for a child's safety waits for nobody's part in a case, and for no list (FD-01). */
export const otherwiseOf: Readonly<Record<string, string | undefined>> = {
  'contact.make':
    'Send the contact without caseId: so it is taken from anybody, whatever their part in a case, and opens one of its own. A safety concern waits for nothing.',
};

const whyNot = (row: Row, facts: Facts): AccessDecision => {
  const { role } = facts.actor;
  if (!isOfCase(facts)) return denied(wordsOf[row.action] ?? `The role ${role} may not do this.`);
  if (isForWantOfConsent(row, facts))
    return denied(
      "The family's consent does not reach your organisation for this now, so the record is closed to you. A safety concern waits for no consent.",
      'CON-13',
    );
  return professionals.includes(role) ? withoutPart(row, role) : denied(`The role ${role} may not do this with the record of a family.`);
};

const withoutPart = ({ action, by }: Row, role: Role): AccessDecision => {
  const otherwise = otherwiseOf[action];
  if (otherwise) return denied(`You have no part in this case that allows it. ${otherwise}`);
  if (role === 'manager' && by.includes('managerOfOwnStaff'))
    return denied("Managers see and supervise the cases of their own organisation's staff, not those of others.", 'SUP-01');
  return denied(
    wordsOf[action] ??
      'Neither you nor your organisation has a part in this case that allows it. Ask its Lead Professional or the Early Help Hub.',
  );
};

const isForWantOfConsent = ({ by }: Row, { about: { consentCovers, ...about }, ...facts }: FactsOfCase): boolean =>
  consentCovers !== undefined && by.some((ground) => holds(grounds[ground], { ...facts, about }));

/** Of which authorities somebody sees every record by their office: a list need not ask case by case. */
export const officesOf = <A extends string>(
  policy: AccessPolicy,
  name: string,
  facts: Omit<Facts, 'about'>,
  authorities: readonly A[],
): readonly A[] =>
  authorities.filter((authority) => {
    const about = { caseId: '', authority, record: null, relationships: [] };
    return decideAccess(policy, name, { ...facts, about }).outcome === 'allowed';
  });
