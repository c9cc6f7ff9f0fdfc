import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as assessment from '@waymark/assessment-domain';
import type { RestsOnConsent } from '@waymark/consent';
import { testPlatform, type Answer, type Caller, type ServiceDefinition, type TestPlatform } from '@waymark/nest';
import * as planning from '@waymark/planning-domain';
import * as support from '@waymark/targeted-support-domain';
import { services } from '../src/services.js';
import { familiesOf } from './fuzz/family.js';

// A1 over HTTP: each kind of command that waits for consent, as it is sent to its address: before a withdrawal, after it, and while the ledger cannot be known.

/** What is on record of one family. */
interface Family {
  readonly caseId: string;
  readonly eha: string;
  readonly episode: string;
  readonly meeting: string;
  readonly consents: string;
  /** One that waits for its triage, and one that was returned. */
  readonly requests: readonly [submitted: string, returned: string];
  readonly amir: string;
  readonly leila: string;
  readonly needs: readonly string[];
  /** When it is asked. */
  readonly now: string;
}
interface Sent {
  readonly to: string;
  readonly body: object;
  readonly by?: 'hub' | 'mara';
}

const text = 'As it was talked over.';
const nobody = '00000000-0000-4000-8000-000000000000';
const health = { user: 'vera', organisation: 'city-health' };
const around = ({ leila, amir }: Family) => ({ people: [leila, amir], professionals: [health] });
const request = ({ caseId, needs, amir, leila }: Pick<Family, 'caseId' | 'needs' | 'amir' | 'leila'>) => ({
  ...{ caseId, needs, kinds: ['family-support'], persons: [amir, leila], sharedWith: ['targeted-support', 'city-health'], hopedFor: text },
});

/** By kind of command: what goes over the wire. Consent is asked before all else, but for a request, whose bodies are whole. */
const sent: Readonly<Record<string, (family: Family) => Sent>> = {
  OpenAssessment: ({ caseId }) => ({ to: '/api/assessment/assessments', body: { caseId } }),
  NameChild: ({ eha, amir }) => ({ to: `${eha}/children`, body: { childId: amir } }),
  InviteFamilyMember: ({ eha, leila }) => ({ to: `${eha}/members`, body: { personId: leila, part: 'mother' } }),
  ContributeSection: ({ eha }) => ({ to: `${eha}/sections`, body: { heading: 'health', text } }),
  AnswerConsideration: ({ eha }) => ({ to: `${eha}/considerations`, body: { consideration: 'needs-of-all-members', answer: text } }),
  RecordLivedExperience: ({ eha, amir }) => ({
    to: `${eha}/lived-experience`,
    body: { childId: amir, how: 'own-words', experience: text },
  }),
  RecordVoice: ({ eha, leila }) => ({ to: `${eha}/voices`, body: { personId: leila, words: text } }),
  RecordAbsence: ({ eha, leila }) => ({ to: `${eha}/absences`, body: { personId: leila, reason: text } }),
  RecordView: ({ eha, leila }) => ({ to: `${eha}/views`, body: { personId: leila, view: text } }),
  IdentifyNeed: ({ eha, amir }) => ({ to: `${eha}/needs`, body: { code: 'good-education', personId: amir } }),
  RecordFatherEffort: ({ eha }) => ({ to: `${eha}/father-efforts`, body: { effort: text } }),
  RecordNetwork: ({ eha }) => ({ to: `${eha}/network`, body: { name: 'Aunt Salma', relationship: 'aunt', help: text } }),
  AgreeVersion: ({ eha, leila }) => ({ to: `${eha}/agreements`, body: { version: 1, by: leila } }),
  FinaliseEha: ({ eha, leila }) => ({ to: `${eha}/completion`, body: { copyGivenTo: [leila] } }),
  UpdateEha: ({ eha, leila }) => ({ to: `${eha}/updates`, body: { copyGivenTo: [leila] } }),
  RecordHubCheck: ({ eha }) => ({
    ...{ to: `${eha}/hub-checks`, body: { safeguarding: 'passed', quality: 'passed', outcome: 'accepted' }, by: 'hub' },
  }),
  ConfirmLeadProfessional: ({ episode, leila }) => ({
    to: `${episode}/lead-professional/confirmation`,
    body: { meetingId: nobody, leadProfessional: health, agreedBy: [leila] },
  }),
  ProposeLeadProfessional: ({ episode }) => ({
    to: `${episode}/lead-professional/proposal`,
    body: { leadProfessional: health, why: text },
  }),
  AcceptLeadProfessional: ({ episode }) => ({ to: `${episode}/lead-professional/acceptance`, body: {} }),
  RecordServiceInvolved: ({ episode }) => ({ to: `${episode}/services`, body: { organisation: 'city-health', part: text } }),
  RecordCheckIn: ({ episode }) => ({ to: `${episode}/check-ins`, body: { discussion: text } }),
  RecordSupervision: ({ episode }) => ({ to: `${episode}/supervision`, body: { discussion: text } }),
  ReopenEpisode: ({ episode }) => ({ to: `${episode}/reopening`, body: { reason: text } }),
  RecordStayInTouch: ({ episode }) => ({ to: `${episode}/stay-in-touch/contact`, body: { account: text } }),
  AgreeInvitees: (family) => ({ to: `${family.meeting}/invitees`, body: { ...around(family), agreedBy: family.leila } }),
  InviteToTaf: (family) => ({ to: `${family.meeting}/invitations`, body: { ...around(family), plannedFor: '2026-03-30T14:00:00Z' } }),
  RecordViews: ({ meeting, leila }) => ({ to: `${meeting}/views`, body: { personId: leila, views: text } }),
  HoldTaf: ({ meeting, leila, now }) => ({
    to: `${meeting}/record`,
    body: { heldAt: now, attended: { people: [{ personId: leila, part: 'family' }], professionals: [health] } },
  }),
  ShareRecord: (family) => ({ to: `${family.meeting}/sharing`, body: around(family) }),
  AddNote: ({ episode }) => ({ to: `${episode}/notes`, body: { text } }),
  StateFamilyGoal: ({ episode, leila }) => ({ to: `${episode}/plan/goals`, body: { personId: leila, words: text } }),
  AgreeAction: ({ episode, leila }) => ({ to: `${episode}/plan/actions`, body: { what: text, owner: { personId: leila } } }),
  ReviseAction: ({ episode }) => ({ to: `${episode}/plan/actions/${nobody}/revision`, body: { owner: health, whyRevised: text } }),
  CompleteAction: ({ episode }) => ({ to: `${episode}/plan/actions/${nobody}/completion`, body: { outcome: text } }),
  RaiseNonDelivery: ({ episode }) => ({
    to: `${episode}/plan/actions/${nobody}/non-delivery`,
    body: { concern: text, targetedSupportTold: true },
  }),
  AnswerForNonDelivery: ({ episode }) => ({ to: `${episode}/plan/actions/${nobody}/non-delivery/answer`, body: { answer: text } }),
  SubmitRequest: (family) => ({ to: '/api/targeted-support/requests', body: request(family) }),
  ProvideInformation: ({ requests: [, returned] }) => ({ to: `${returned}/information`, body: { information: text } }),
  TriageRequest: ({ requests: [submitted] }) => ({
    ...{ to: `${submitted}/triage`, by: 'mara' },
    body: { outcome: 'send-to-panel', reasons: text, panel: { panel: 'masg', because: 'complex' } },
  }),
};

/** What aggregates declare: each kind that asks something of consent. */
const declared = [
  ...[assessment.ledgerConsentNeeds, assessment.familyConsentNeeds, assessment.ehaConsentNeeds],
  ...[planning.episodeConsentNeeds, planning.tafConsentNeeds, planning.planConsentNeeds, planning.notesConsentNeeds],
  support.requestConsentNeeds,
].flatMap((needs: object) => Object.entries(needs).flatMap(([kind, need]) => (typeof need === 'function' ? [kind] : [])));

const kinds = Object.keys(sent);
/** Assessment owns the ledger: it is known there whatever becomes of a copy. */
const overACopy = kinds.filter((kind) => !Object.hasOwn({ ...assessment.familyConsentNeeds, ...assessment.ehaConsentNeeds }, kind));
const copies = ['planning.consent-ledgers-copy', 'targeted-support.consent-ledgers-copy'];

describe('A1 over HTTP, whatever waits for consent', () => {
  let platform: TestPlatform;
  let families: readonly Family[];
  /** Breaks what the copies write, as a fault of their engine would. */
  let breaks = false;
  const asked: string[] = [];

  const breakable = (service: ServiceDefinition): ServiceDefinition => ({
    ...service,
    replicas: service.replicas.map((one) =>
      copies.includes(one.name)
        ? { ...one, take: (...args: Parameters<typeof one.take>) => (breaks ? Promise.reject(new TypeError('broken')) : one.take(...args)) }
        : one,
    ),
  });
  const callers = () => ({
    dana: platform.as('dana', 'practitioner', 'fenbank-primary'),
    hub: platform.as('hana', 'hub-coordinator', 'early-help-hub'),
    mara: platform.as('mara', 'targeted-support-manager', 'targeted-support'),
  });

  beforeAll(async () => {
    for (const aggregate of services.flatMap(({ aggregates }) => aggregates)) {
      if (!('restsOnConsent' in aggregate)) continue;
      const resting = aggregate as unknown as RestsOnConsent;
      const really = resting.restsOnConsent;
      jest.spyOn(resting, 'restsOnConsent').mockImplementation((command) => {
        const rests = really(command);
        if (rests) asked.push(command.kind);
        return rests;
      });
    }
    platform = await testPlatform(services.map(breakable), { now: '2026-03-16T10:00:00Z' });
    const known = await familiesOf(platform);
    families = [await familyOf(platform, known, 0), await familyOf(platform, known, 1)];
  }, 120_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    await platform.stop();
  });

  const familyOf = async (on: TestPlatform, known: Readonly<Record<string, readonly string[]>>, which: number): Promise<Family> => {
    const id = (name: string) => String(known[name]?.[which]);
    const { dana, mara } = callers();
    const contact = (await dana.get(`/api/referral/contacts/${id('contactId')}`)).body;
    const episode = `/api/planning/episodes/${id('episodeId')}`;
    const eha = `/api/assessment/assessments/${id('ehaId')}`;
    const family = {
      ...{ caseId: id('caseId'), eha, episode, meeting: `${episode}/meetings/${id('meetingId')}` },
      consents: `/api/assessment/cases/${id('caseId')}/consents`,
      ...{ amir: contact.child.personId, leila: contact.household[0].personId },
      needs: (await dana.get(eha)).body.needs.map(({ needId }: { needId: string }) => needId),
      now: '',
    };
    const returned = await dana.post('/api/targeted-support/requests', request(family));
    expect(returned).toMatchObject({ status: 201 });
    const path = `/api/targeted-support/requests/${returned.body.id}`;
    await on.settled();
    expect(await mara.post(`${path}/triage`, { outcome: 'return-for-information', reasons: text, asked: text })).toMatchObject({
      status: 200,
    });
    return { ...family, requests: [`/api/targeted-support/requests/${id('requestId')}`, path] };
  };

  const send = async (kind: string, family: Family): Promise<Answer> => {
    const { to, body, by } = (sent[kind] as (family: Family) => Sent)({ ...family, now: platform.platform.clock.now() });
    const caller: Caller = callers()[by ?? 'dana'];
    asked.length = 0;
    const answer = await caller.post(to, body);
    // The control: it is this kind of command that went through this address. A request's handler asks the same copy for its evidence before that.
    if (answer.status !== 503) expect({ kind, asked: [...new Set(asked)], answer: answer.body }).toMatchObject({ asked: [kind] });
    return answer;
  };

  it('CON-16 has an address here for every kind that is declared to wait for consent', () => {
    expect(kinds.toSorted()).toEqual([...new Set(declared)].toSorted());
    expect(kinds.length).toBeGreaterThan(35);
  });

  it('B7 is 503 with the reason while a consent is parked at the copy, and recorded nowhere', async () => {
    const [, family] = families as [Family, Family];
    const { dana } = callers();
    const answers: (Answer & { readonly kind: string })[] = [];
    breaks = true;
    const [{ consentId, giver }] = (await dana.get(family.consents)).body.consents;
    const notice = { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true };
    const agencies = ['fenbank-primary', 'city-health', 'early-help-hub'];
    const renewed = await dana.post(`${family.consents}/${consentId}/renewal`, { by: giver, agencies, notice, method: 'in-person' });
    expect(renewed).toMatchObject({ status: 200 });
    await platform.settled();
    const { reactions, engines } = platform.platform;
    expect((await reactions.parked()).map(({ reaction }) => reaction).toSorted()).toEqual(copies);
    const head = await engines.store.head();
    for (const kind of overACopy) answers.push({ kind, ...(await send(kind, family)) });
    const after = await engines.store.head();
    breaks = false;
    for (const copy of copies) await reactions.replay(copy, family.caseId);
    for (const answer of answers)
      expect(answer).toMatchObject({
        ...{ status: 503, headers: { 'retry-after': '5' } },
        body: { type: 'urn:waymark:problem:consent-unknown', detail: expect.stringContaining('waits to be put right') },
      });
    expect(after).toBe(head);
    expect(await reactions.parked()).toEqual([]);
  }, 60_000);

  it('CON-16 is not refused for want of consent while there is one', async () => {
    const [, family] = families as [Family, Family];
    for (const kind of kinds) {
      const { status, body } = await send(kind, family);
      expect([kind, status, String(body.rule ?? '').startsWith('CON-')]).toEqual([kind, status, false]);
      expect([kind, [400, 503].includes(status)]).toEqual([kind, false]);
      if (Object.hasOwn(support.requestConsentNeeds, kind)) expect([kind, status < 300]).toEqual([kind, true]);
    }
  }, 60_000);

  it('CON-13 CON-17 is refused by the consent rule after a withdrawal, and recorded nowhere', async () => {
    const [family] = families as [Family];
    const { dana } = callers();
    for (const { consentId, giver } of (await dana.get(family.consents)).body.consents)
      expect(await dana.post(`${family.consents}/${consentId}/withdrawal`, { by: giver })).toMatchObject({ status: 200 });
    await platform.settled();
    const head = await platform.platform.engines.store.head();
    for (const kind of kinds) {
      const { status, body } = await send(kind, family);
      // TS-03 is a request's own rule for the consent that is missing.
      expect({ kind, status, rule: body.rule }).toMatchObject({
        ...{ kind, status: 422 },
        rule: expect.stringMatching(Object.hasOwn(support.requestConsentNeeds, kind) ? /^(CON-\d+|TS-03)$/ : /^CON-\d+$/),
      });
    }
    expect(await platform.platform.engines.store.head()).toBe(head);
  }, 60_000);
});
