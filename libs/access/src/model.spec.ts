import { describe, expect, it } from '@jest/globals';
import { instant, purposes, roles, type OrganisationId, type UserId } from '@waymark/kernel';
import fc from 'fast-check';
import { at } from './access.fixture.js';
import { decideAccess, prohibitions } from './decide.js';
import { isOfCase, type CaseFacts, type Facts } from './facts.js';
import type { GroundName } from './grounds.js';
import type { AccessPolicy } from './policy.js';
import { practicePolicy } from './practice.js';
import { relationshipKinds, type ConsentPurpose, type RelationshipKind } from './relationships.js';

// A second model of who may do what, written from the rules in another way than the policy is, and knowing nothing of its grounds: both have to agree.

const offices: Readonly<Record<string, readonly [role: string, authority: string][]>> = {
  mash: [
    ['triage-officer', 'peterborough'],
    ['social-worker', 'peterborough'],
  ],
  'county-mash': [
    ['triage-officer', 'cambridgeshire'],
    ['social-worker', 'cambridgeshire'],
  ],
  'early-help-hub': [
    ['hub-coordinator', 'peterborough'],
    ['support-officer', 'peterborough'],
  ],
  'targeted-support': [
    ['targeted-support-manager', 'peterborough'],
    ['panel-member', 'peterborough'],
  ],
  council: ['support-officer', 'social-worker', 'panel-member', 'auditor'].flatMap((role) =>
    ['peterborough', 'cambridgeshire'].map((authority): [string, string] => [role, authority]),
  ),
};

type Held = CaseFacts['relationships'][number];

const isOf = ({ user, organisation }: Held, actor: Facts['actor']): boolean =>
  organisation === actor.organisation && (user === null || user === actor.user);

const [toTheWork, toARequest]: readonly ConsentPurpose[] = ['take-part-in-early-help', 'targeted-support-request'];
/** Whether the family's consent lets them read: whoever leads or stands at the front door needs none, and requests have one of their own. */
const isAgreedTo = ({ as }: Held, agreed: readonly ConsentPurpose[]): boolean =>
  /^lead-|^contact-|^recommended-/.test(as) || agreed.includes((/^request-|^provider$/.test(as) ? toARequest : toTheWork)!);

/** What holds now; of those who lead or led, only the newest; where consent was asked, only what it lets through. */
const holding = ({ relationships, consentCovers: agreed }: CaseFacts): readonly Held[] => {
  const current = relationships.filter(({ until, ended }) => ended === null && (until === null || until > at));
  const leads = current.filter(({ as }) => as === 'lead-professional');
  const newest = leads.reduce<Held | undefined>((a, b) => (a && `${a.from} ${a.toldAt}` > `${b.from} ${b.toldAt}` ? a : b), undefined);
  return current.filter((one) => (one.as !== 'lead-professional' || one === newest) && (!agreed || isAgreedTo(one, agreed)));
};

const isForSafeguarding = ({ role }: Facts['actor'], purpose: Facts['purpose']): boolean =>
  purpose === 'safeguarding' && ['triage-officer', 'social-worker'].includes(role);

/** What the actor is, in a few words that the rules use. */
const standing = ({ actor, about, purpose }: Facts & { about: CaseFacts }) => {
  const inOffice = (offices[actor.organisation] ?? []).some(([role, authority]) => role === actor.role && authority === about.authority);
  const works = !['public', 'auditor', 'system'].includes(actor.role);
  const holds = holding(about);
  const isMine = ({ as, user }: (typeof holds)[number]) =>
    user === null ? actor.role !== 'manager' || ['contact-maker', 'recommended-agency'].includes(as) : user === actor.user;
  const mine = (...kinds: RelationshipKind[]) =>
    works && holds.some((one) => kinds.includes(one.as) && one.organisation === actor.organisation && isMine(one));
  const staff = actor.role === 'manager' && holds.some(({ user, organisation }) => user !== null && organisation === actor.organisation);
  const around =
    mine('agency-around-the-family', 'lead-professional', 'proposed-lead-professional', 'team-member', 'contributor', 'involved-service') ||
    staff;
  return {
    ...{ around, staff, lead: mine('lead-professional'), maker: mine('contact-maker'), asked: mine('recommended-agency') },
    ...{ shared: mine('request-recipient', 'provider'), recipient: mine('request-recipient'), office: inOffice ? actor.role : undefined },
    ever: works && about.relationships.some((one) => isOf(one, actor)),
    ownContact: works && about.relationships.some((one) => one.as === 'contact-maker' && one.on === about.record && isOf(one, actor)),
    safeguarding: inOffice && isForSafeguarding(actor, purpose),
  };
};
type Standing = ReturnType<typeof standing>;
const office = ({ office: held }: Standing, ...some: string[]): boolean => held !== undefined && some.includes(held);
const begins = (is: Standing) => is.around || is.maker || is.asked || office(is, 'hub-coordinator');
const seesTheWork = (is: Standing) =>
  is.around || is.shared || is.safeguarding || office(is, 'hub-coordinator', 'support-officer', 'auditor');
const seesRequests = (is: Standing) => seesTheWork(is) || office(is, 'targeted-support-manager', 'panel-member');
const seesContacts = (is: Standing) =>
  is.ownContact ||
  is.asked ||
  is.lead ||
  is.staff ||
  office(is, 'triage-officer', 'hub-coordinator', 'auditor') ||
  (is.safeguarding && office(is, 'social-worker'));
const seesHistory = (is: Standing) => is.safeguarding || office(is, 'auditor');

/** From what an action is called to who may, per rule. */
const rules: readonly (readonly [RegExp, (is: Standing) => boolean])[] = [
  [/^contact\.make$/, (is) => begins(is) || office(is, 'support-officer', 'triage-officer')],
  [/^(contact\.triage|mash-enquiry\.work)$/, (is) => office(is, 'triage-officer')],
  [/^hub-enquiry\.decide$/, (is) => office(is, 'hub-coordinator')],
  [/^(consent\.record|assessment\.(open|close))$/, begins],
  [
    /^concern\.raise$/,
    (is) => is.ever || is.staff || office(is, 'triage-officer', 'hub-coordinator', 'support-officer', 'targeted-support-manager'),
  ],
  [/^(assessment\.(contribute|finish|check)|request\.submit)$/, (is) => is.around || office(is, 'hub-coordinator')],
  [
    /^(episode\.(lead|change|check-in)|meeting\.change|plan\.change|note\.write)$/,
    (is) => is.around || office(is, 'hub-coordinator', 'support-officer'),
  ],
  [/^episode\.supervise$/, (is) => is.around],
  [/^request\.change$/, (is) => is.around || office(is, 'hub-coordinator', 'targeted-support-manager')],
  [/^request\.triage$/, (is) => is.around || office(is, 'targeted-support-manager')],
  [/^a contact$|list of contacts$/, seesContacts],
  [/^a MASH enquiry$/, (is) => office(is, 'triage-officer', 'auditor') || is.safeguarding],
  [/^a hub enquiry$/, (is) => is.asked || office(is, 'triage-officer', 'hub-coordinator', 'auditor')],
  [/consent ledger$/, (is) => begins(is) || is.recipient || is.safeguarding || office(is, 'support-officer', 'triage-officer', 'auditor')],
  [/request for Targeted Support$|list of requests$/, seesRequests],
  [/^the (summary|list) of (a case|cases)$/, (is) => seesTheWork(is) || is.maker || is.asked || office(is, 'triage-officer')],
  [/^the (chronology|replay|state) of a case$/, seesHistory],
  [/assessments?$|episodes?$|meetings?$|plan$|case notes$|list of deadlines$/, seesTheWork],
];
const fits: Readonly<Record<string, readonly string[]>> = { auditor: ['audit'], system: ['operation'], 'panel-member': ['early-help'] };
const usual = ['early-help', 'safeguarding'];
const more: Readonly<Record<string, readonly string[]>> = {
  manager: ['supervision', 'operation'],
  'targeted-support-manager': ['supervision', 'operation'],
  'support-officer': ['operation'],
};

const purposesFor = (role: string): readonly string[] => fits[role] ?? [...usual, ...(more[role] ?? [])];

const model = (name: string, writes: boolean, facts: Facts & { about: CaseFacts }): boolean => {
  const { role } = facts.actor;
  if (!purposesFor(role).includes(facts.purpose)) return false;
  if (['public', 'system'].includes(role) || (role === 'auditor' && writes)) return false;
  const rule = rules.find(([action]) => action.test(name));
  return rule !== undefined && rule[1](standing(facts));
};

const names = Object.keys(practicePolicy).filter((name) => rules.some(([action]) => action.test(name)));
const organisations = ['elm-school', 'oak-school', ...Object.keys(offices)];
const moments = [instant('2026-03-10T10:00:00Z'), instant('2026-03-20T10:00:00Z')];
/** Whoever holds an office, so that each is met often enough. */
const holders = Object.entries(offices).flatMap(([organisation, held]) =>
  held.map(([role]) => ({ user: 'dana' as UserId, role: role as (typeof roles)[number], organisation: organisation as OrganisationId })),
);
const worlds: fc.Arbitrary<Facts & { about: CaseFacts }> = fc.record({
  actor: fc.oneof(
    fc.record({
      user: fc.constantFrom('dana', 'vera') as fc.Arbitrary<UserId>,
      role: fc.constantFrom(...roles),
      organisation: fc.constantFrom(...organisations) as fc.Arbitrary<OrganisationId>,
    }),
    fc.constantFrom(...holders),
  ),
  purpose: fc.oneof(
    { weight: 3, arbitrary: fc.constant('early-help' as const) },
    { weight: 2, arbitrary: fc.constant('audit' as const) },
    { weight: 2, arbitrary: fc.constantFrom(...purposes) },
  ),
  at: fc.constant(at),
  about: fc.record(
    {
      caseId: fc.constant('case'),
      authority: fc.constantFrom('peterborough', 'cambridgeshire', null),
      record: fc.constantFrom('record', 'another'),
      relationships: fc.array(
        fc.record({
          as: fc.constantFrom(...relationshipKinds),
          organisation: fc.constantFrom('elm-school', 'oak-school', 'council') as fc.Arbitrary<OrganisationId>,
          user: fc.constantFrom(null, 'dana', 'vera') as fc.Arbitrary<UserId | null>,
          on: fc.constantFrom('record', 'another'),
          from: fc.constantFrom(...moments),
          until: fc.constantFrom(null, null, ...moments),
          toldAt: fc.constantFrom('1', '2'),
          ended: fc.constantFrom(null, null, null, moments[0]!),
        }),
        { maxLength: 4 },
      ),
      /** Not asked, or the purposes to which consent reaches the actor's organisation. */
      consentCovers: fc.subarray<ConsentPurpose>(['take-part-in-early-help', 'targeted-support-request']),
    },
    { requiredKeys: ['caseId', 'authority', 'record', 'relationships'] },
  ),
});

/** A world in which policy and model differ; undefined where none was met. */
const difference = (policy: AccessPolicy, before = prohibitions) => {
  // Where a row was changed on purpose, it is that one that is asked for.
  const changed = names.filter((name) => policy[name] !== practicePolicy[name]);
  const asked = changed.length > 0 ? changed : names;
  const found = fc.check(
    fc.property(worlds, fc.constantFrom(...asked), (facts, name) => {
      const { outcome } = decideAccess(policy, name, facts, before);
      return isOfCase(facts) && (outcome === 'allowed') === model(name, practicePolicy[name]!.writes, facts);
    }),
    { numRuns: 40_000, seed: 20261130 },
  );
  return found.failed ? found.counterexample : undefined;
};

const with_ = (name: string, ...grounds: GroundName[]): AccessPolicy => ({
  ...practicePolicy,
  [name]: { ...practicePolicy[name]!, by: [...practicePolicy[name]!.by, ...grounds] },
});
const without = (name: string, ground: GroundName): AccessPolicy => ({
  ...practicePolicy,
  [name]: { ...practicePolicy[name]!, by: practicePolicy[name]!.by.filter((one) => one !== ground) },
});

describe('a second model of the policy', () => {
  it('knows every action on a case', () => {
    const others = Object.keys(practicePolicy).filter((name) => !names.includes(name));
    expect(others).toEqual([
      ...['platform.operate', 'how the platform runs', 'what is parked'],
      ...['what was counted of what is erased', 'how many cases there are'],
    ]);
  });

  it('ACC-01 SUP-01 agrees with it over generated people, relationships and actions', () =>
    expect(difference(practicePolicy)).toBeUndefined());

  it('A2 a row of the table that let an auditor write would still not', () =>
    expect(difference(with_('note.write', 'auditor'))).toBeUndefined());

  it.each<[string, AccessPolicy, typeof prohibitions | undefined]>([
    ['an auditor may write', with_('note.write', 'auditor'), prohibitions.filter(({ name }) => name !== 'theAuditorWritesNothing')],
    ['any purpose will do', practicePolicy, prohibitions.filter(({ name }) => name !== 'purposeFitsTheRole')],
    ['whoever was ever related writes notes', with_('note.write', 'onceRelated'), undefined],
    ['a contact-maker reads the assessment', with_('an assessment', 'contactMaker'), undefined],
    ['whom a request is shared with writes in the assessment', with_('assessment.contribute', 'requestRecipient'), undefined],
    ['any agency around reads the whole history', with_('the chronology of a case', 'agencyAroundTheFamily'), undefined],
    ['a Lead Professional reads the whole history', with_('the state of a case', 'leadProfessional'), undefined],
    ['a hub co-ordinator triages contacts', with_('contact.triage', 'hubCoordinator'), undefined],
    ['any professional withdraws consent', with_('consent.record', 'professional'), undefined],
    ['an auditor does not see the plan', without("a family's plan", 'auditor'), undefined],
    ['a Lead Professional does not close', without('assessment.close', 'leadProfessional'), undefined],
    ['a manager does not see their own staff’s cases', without('an episode', 'managerOfOwnStaff'), undefined],
    ['a triage officer reads everything for early help', with_('an assessment', 'triageOfficer'), undefined],
  ])('finds a policy in which %s', (_what, policy, before) => expect(difference(policy, before)).toBeDefined());
});
