import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evidenceOf, family, type Ledger } from '@waymark/assessment-domain';
import { testPlatform, type TestPlatform } from '@waymark/nest';
import { episodeClosed, episodeOpened, planningContracts } from '@waymark/planning-contracts';
import { referralContracts } from '@waymark/referral-contracts';
import { collect } from '@waymark/event-store';
import { instant, type CaseId, type Uuid } from '@waymark/kernel';
import { packFor } from '@waymark/policy';
import { dana, meta } from '@waymark/testing';
import { assessmentService } from '../src/index.js';
import {
  aCase,
  agree,
  amir,
  consentOfKarim,
  consentOfLeila,
  done,
  idOf,
  karim,
  leila,
  notice,
  conflictsBy,
  refusedBy,
  write,
} from './walk.js';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await testPlatform([assessmentService], {
    now: '2026-03-02T09:15:00Z',
    contracts: [...referralContracts, ...planningContracts],
  });
});
afterAll(() => platform.stop());

const school = () => platform.as('dana', 'practitioner', 'fenbank-primary');
const visitor = () => platform.as('hetty', 'practitioner', 'healthy-child-programme');
const hub = () => platform.as('hana', 'hub-coordinator', 'early-help-hub');
const assessments = '/api/assessment/assessments';

describe('from consent to an accepted assessment', () => {
  let caseId = '';
  let eha = '';
  const ofCase = (path: string) => `/api/assessment/cases/${caseId}/${path}`;

  it('CON-01 CON-02 no assessment opens without consent, and no consent counts without the privacy notice', async () => {
    caseId = await aCase(platform, 'amirs');
    await platform.setClock('2026-03-04T10:00:00Z');
    refusedBy(await school().post(assessments, { caseId }), 'CON-01');
    const { notice: _none, ...without } = consentOfLeila;
    refusedBy(await school().post(ofCase('consents'), without), 'CON-02', 'notice.shared');
    refusedBy(await school().post(ofCase('consents'), { ...consentOfLeila, notice: { ...notice, read: false } }), 'CON-02', 'notice.read');
    expect(await school().get(ofCase('consents'))).toMatchObject({ status: 404 });
  });

  it('CON-01 EHA-02 EHA-08 on consent it opens, due on 6 April, led by its initiator', async () => {
    await platform.setClock('2026-03-09T10:00:00Z');
    const given = done(await school().post(ofCase('consents'), consentOfLeila));
    done(await school().post(ofCase('consents'), consentOfKarim));
    expect(given.headers['location']).toBe(ofCase(`consents/${given.body.id}`));
    expect((await school().get(given.headers['location'] ?? '')).body.events).toMatchObject([{ type: 'assessment.ConsentGiven.v1' }]);
    const opened = done(await school().post(assessments, { caseId }));
    expect(opened).toMatchObject({ status: 201, body: { caseId } });
    expect(opened.body.events).toEqual(['assessment.AssessmentOpened.v1', 'assessment.EhaStarted.v1', 'assessment.DeadlineSet.v1']);
    eha = opened.headers['location'] ?? '';
    await platform.settled();
    expect((await school().get(eha)).body).toMatchObject({
      version: 2,
      status: 'open',
      leadProfessional: { user: 'dana', organisation: 'fenbank-primary' },
      deadlines: [{ rule: 'EHA-08', dueAt: '2026-04-06T22:59:59.999Z', remindAt: '2026-03-30T22:59:59.999Z', status: 'open' }],
    });
  });

  it('EHA-03 a second one is refused with a pointer to the first', async () => {
    const second = await visitor().post(assessments, { caseId });
    conflictsBy(second, 'EHA-03');
    expect(second.body.see).toEqual({ kind: 'assessment', id: (await school().get(eha)).body.id });
  });

  it('EHA-02 EHA-07 sections and views stand side by side, each attributed', async () => {
    done(await visitor().post(`${eha}/sections`, { heading: 'health', text: 'He sleeps badly.' }));
    done(await school().post(`${eha}/views`, { personId: leila, view: 'He is frightened.' }));
    done(await school().post(`${eha}/views`, { personId: karim, view: 'He is only tired.', evidence: 'He sleeps on Sundays.' }));
    const { body } = await school().get(eha);
    expect(body.sections).toMatchObject([{ heading: 'health', by: { user: 'hetty', organisation: 'healthy-child-programme' } }]);
    expect(body.views).toMatchObject([
      { personId: leila, view: 'He is frightened.' },
      { personId: karim, view: 'He is only tired.' },
    ]);
    expect(body.contentVersion).toBe(3);
  });

  it('EHA-05 EHA-06 EHA-09 it is not finished before it is whole and the family has agreed that very version', async () => {
    await platform.setClock('2026-04-03T14:00:00Z');
    const finish = () => school().post(`${eha}/completion`, { copyGivenTo: [leila] });
    refusedBy(await finish(), 'EHA-05');
    await write(school(), eha);
    refusedBy(await finish(), 'EHA-09', 'agreement');
    done(await agree(school(), eha));
    done(await school().post(`${eha}/voices`, { personId: leila, words: 'I slept.' }));
    refusedBy(await finish(), 'EHA-09', 'agreement');
    refusedBy(await school().post(`${eha}/agreements`, { version: 1, by: leila }), 'EHA-09', 'version');
    done(await agree(school(), eha));
    expect(done(await finish()).body.events).toEqual([
      'assessment.EhaCompleted.v1',
      'assessment.DeadlineMet.v1',
      'assessment.DeadlineSet.v1',
    ]);
  });

  it('FD-07 it is accepted once the hub, and nobody else, has passed both checks', async () => {
    await platform.setClock('2026-04-07T09:00:00Z');
    await platform.settled();
    const waiting = await hub().get(`${assessments}?status=completed`);
    expect(waiting.body.items).toMatchObject([
      { caseId, organisation: 'fenbank-primary', completedAt: expect.stringMatching(/^2026-04-03T14:00/) },
    ]);
    const check = { safeguarding: 'passed', quality: 'passed', outcome: 'accepted' };
    expect(await school().post(`${eha}/hub-checks`, check)).toMatchObject({ status: 403 });
    refusedBy(await hub().post(`${eha}/hub-checks`, { ...check, quality: 'concern' }), 'FD-07', 'outcome');
    refusedBy(await school().post(`${eha}/updates`, { copyGivenTo: [leila] }), 'FD-07');
    done(await hub().post(`${eha}/hub-checks`, check));
    const { body } = await school().get(eha);
    expect(body).toMatchObject({ status: 'accepted', accepted: true });
    expect(body.deadlines.map(({ rule, status }: { rule: string; status: string }) => [rule, status])).toEqual([
      ['EHA-08', 'met'],
      ['EHA-10', 'open'],
    ]);
  });

  it('CON-13 withdrawn for one agency, it no longer reaches that one, and reached it before', async () => {
    await platform.setClock('2026-05-12T10:00:00Z');
    const ledger = await school().get(ofCase('consents'));
    const withdrawal = ofCase(`consents/${ledger.body.consents[0].consentId}/withdrawal`);
    expect(await school().post(withdrawal, { by: leila, agencies: ['fen-homes'] }, { ifMatch: '"9"' })).toMatchObject({ status: 412 });
    done(await school().post(withdrawal, { by: leila, agencies: ['fen-homes'] }, { ifMatch: ledger.headers['etag'] ?? '' }));
    const reached = async (at: string) => (await school().get(`${ofCase('consents')}?at=${at}`)).body.reached['take-part-in-early-help'];
    expect(await reached('2026-05-12T09:59:59Z')).toContain('fen-homes');
    expect(await reached('2026-05-12T10:00:01Z')).toEqual(['early-help-hub', 'fenbank-primary', 'healthy-child-programme']);
  });

  it('EHA-03 with its episode the assessment closes, and another may open', async () => {
    const { id: ehaId } = (await school().get(eha)).body;
    const episode = { caseId, episodeId: idOf('episode') };
    const leadProfessional = { user: 'dana', organisation: 'fenbank-primary' };
    await platform.publish(episodeOpened, caseId as never, { ...episode, ehaId, leadProfessional, openedAt: '2026-03-09T10:00:00.000Z' });
    await platform.settled();
    expect((await school().get(ofCase('assessment'))).body).toMatchObject({ status: 'under-assessment', ehaId });
    await platform.publish(episodeClosed, caseId as never, { ...episode, reason: 'no-unmet-needs', closedAt: '2026-06-23T10:00:00.000Z' });
    await platform.settled();
    expect((await school().get(ofCase('assessment'))).body).toMatchObject({ status: 'without-assessment', closed: [ehaId] });
    expect((await school().get(eha)).body).toMatchObject({ status: 'closed', deadlines: [{ status: 'met' }, { status: 'cancelled' }] });
    expect(done(await visitor().post(assessments, { caseId })).body.id).not.toBe(ehaId);
    expect(await platform.platform.reactions.parked()).toEqual([]);
  });
});

describe('consent as a ledger', () => {
  it('CON-09 CON-10 CON-11 CON-12 CON-15 a refusal, its risk, the other parent, a decision to share and a lawful basis are entries of their own', async () => {
    const caseId = await aCase(platform, 'refusing');
    const ofCase = (path: string) => `/api/assessment/cases/${caseId}/${path}`;
    const refusal = {
      giver: { personId: leila, capacity: 'parental-responsibility' },
      purpose: 'take-part-in-early-help',
      reasons: 'Fear.',
    };
    const refused = done(await school().post(ofCase('refusals'), { ...refusal, askAgainOn: '2026-12-01' }));
    expect(refused.body.events).toEqual([
      'assessment.ConsentRefused.v1',
      'assessment.DeadlineSet.v1',
      'assessment.PromptRaised.v1',
      'assessment.PromptRaised.v1',
    ]);
    const risk = await school().post(`${refused.headers['location']}/risk`, { significantHarmLikely: true, rationale: 'Injuries.' });
    expect(done(risk).body.events).toContain('assessment.PromptRaised.v1');
    refusedBy(await school().post(ofCase('sharing-decisions'), { share: true, what: 'The injuries.' }), 'CON-12', 'why');
    const decision = { what: 'The injuries.', why: 'Harm is likely.', about: [amir], agencies: ['police'], viewsSought: 'She objects.' };
    done(await school().post(ofCase('sharing-decisions'), { share: true, ...decision, basis: 'safeguarding-children' }));
    done(await school().post(ofCase('lawful-bases'), { processing: 'early-help', article6: 'public-task', rationale: 'The notice.' }));
    done(await school().post(ofCase('other-parents'), { personId: karim }));
    done(await school().post(ofCase(`other-parents/${karim}/efforts`), { method: 'phone', outcome: 'No answer.' }));
    expect((await school().get(ofCase('consents'))).body).toMatchObject({
      consents: [],
      otherParents: [{ personId: karim, efforts: 1 }],
      reached: { 'take-part-in-early-help': [] },
      deadlines: [{ rule: 'CON-10', status: 'open' }],
    });
  });

  it('CON-05 CON-06 a young person consents when judged competent on six factors, until her understanding is in doubt', async () => {
    const caseId = await aCase(platform, 'mayas');
    const ofCase = (path: string) => `/api/assessment/cases/${caseId}/${path}`;
    const maya = idOf('maya');
    const hers = { ...consentOfLeila, giver: { personId: maya, capacity: 'own-behalf', dateOfBirth: '2011-06-01' }, covers: [maya] };
    const factors = (met: boolean) =>
      ['age-maturity-capacity', 'issue-and-impact', 'risks-and-consequences', 'advice-given', 'alternatives', 'reasoning'].map(
        (factor) => ({
          factor,
          met,
          reasoning: 'As we talked.',
        }),
      );
    const judge = (met: boolean, outcome: string) =>
      school().post(ofCase('competence-judgements'), { childId: maya, factors: factors(met), outcome });
    refusedBy(await school().post(ofCase('consents'), hers), 'CON-05');
    refusedBy(
      await school().post(ofCase('competence-judgements'), { childId: maya, factors: factors(true).slice(1), outcome: 'competent' }),
      'CON-05',
      'factors',
    );
    done(await judge(true, 'competent'));
    done(await school().post(ofCase('parent-involvement'), { childId: maya, parentInvolved: false, reasons: 'Fear of a quarrel.' }));
    expect(done(await school().post(ofCase('consents'), hers)).body.events).toEqual(['assessment.ConsentGiven.v1']);
    expect(done(await judge(false, 'inconsistent')).body.events).toContain('assessment.ConsentSuspended.v1');
    refusedBy(await school().post(assessments, { caseId }), 'CON-06');
    done(await school().post(ofCase('consents'), { ...consentOfLeila, covers: [maya] }));
    done(await school().post(assessments, { caseId }));
  });

  it('FD-11 a safeguarding concern is taken before anything else is', async () => {
    const caseId = await aCase(platform, 'concerned');
    const concern = await school().post(`/api/assessment/cases/${caseId}/safety-concerns`, { personId: amir, concern: 'A bruise.' });
    expect(done(concern).body.events).toEqual(['assessment.SafetyConcernRaised.v1', 'assessment.PromptRaised.v1']);
  });
});

it('EHA-08 an opening that was cut off before its assessment was started is started by the workflow, due from the opening', async () => {
  const caseId = await aCase(platform, 'cut-off');
  done(await school().post(`/api/assessment/cases/${caseId}/consents`, consentOfLeila));
  const { body: ledger } = await school().get(`/api/assessment/cases/${caseId}/consents`);
  const now = instant('2026-05-13T10:00:00Z');
  const evidence = evidenceOf(ledger as Ledger, ledger.version, now);
  const initiator = { user: dana.user, organisation: dana.organisation };
  const ehaId = idOf('cut off') as Uuid;
  const consent = { ledger: ledger as Ledger, seen: String(ledger.version) };
  const command = { kind: 'OpenAssessment', caseId: caseId as CaseId, ehaId, initiator, evidence, consent } as const;
  await platform.platform.aggregates.handle(family, caseId, command, { meta: meta({ now }), pack: packFor('peterborough', now) });
  await platform.settled();
  expect((await school().get(`${assessments}/${ehaId}`)).body).toMatchObject({
    status: 'open',
    deadlines: [{ rule: 'EHA-08', dueAt: '2026-06-10T22:59:59.999Z' }],
  });
  // It is the school's own command that the workflow carried on: nothing tells which of the two came first, and the request has the same answer.
  const { commandId, causationId, actor, purpose } = meta();
  const events = await collect(platform.platform.engines.store.read(`assessment.eha-${ehaId}`));
  expect(events).toHaveLength(2);
  for (const event of events) expect(event).toMatchObject({ commandId, causationId, actor, purpose, occurredAt: now });
});

describe('the edge', () => {
  it('refuses what it does not know: a case, a field, a kind of entry', async () => {
    expect(await school().post(assessments, { caseId: idOf('nobody') })).toMatchObject({ status: 404 });
    const caseId = await aCase(platform, 'edge');
    expect(await school().post(assessments, { caseId, colour: 'red' })).toMatchObject({ status: 400, body: { field: 'colour' } });
    expect(await school().get(`/api/assessment/cases/${caseId}/secrets/${idOf('x')}`)).toMatchObject({ status: 404 });
  });

  it('gives a repeat of an opening the first answer', async () => {
    const caseId = await aCase(platform, 'twice');
    done(await school().post(`/api/assessment/cases/${caseId}/consents`, consentOfLeila));
    const open = () => school().post(assessments, { caseId }, { 'idempotency-key': 'once' });
    const first = done(await open());
    expect((await open()).body).toEqual(first.body);
  });
});
