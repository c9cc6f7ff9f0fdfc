import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { instant } from '@waymark/kernel';
import { packFor } from '@waymark/policy';
import type { Person, Reply } from '../../src/http-client.js';
import { deployed, keep, type Deployment } from './deployment.js';

/** What must be refused: the rule that it names, or the reason where no rule is at stake. */
const refusedBy = (rule: string, more: object = {}) => ({ status: 422, body: { rule, status: 422, detail: expect.any(String), ...more } });
const done = (reply: Reply): Reply => {
  if (reply.status >= 300) throw new Error(`${reply.status}: ${JSON.stringify(reply.body)}`);
  return reply;
};

const notice = { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true };

describe('J1 a case from contact to closure', () => {
  let deployment: Deployment;
  const clock = (now: string) => deployment.client.setClock(now);
  const by = (user: string, role: Parameters<Deployment['client']['as']>[1], organisation: string, purpose?: string): Person =>
    deployment.client.as(user, role, organisation, purpose);
  const dana = () => by('dana', 'practitioner', 'fenbank-primary');
  const officer = () => by('tariq', 'triage-officer', 'mash');
  const hub = () => by('hana', 'hub-coordinator', 'early-help-hub');
  const visitor = () => by('vera', 'practitioner', 'city-health');
  const auditor = () => by('ada', 'auditor', 'council', 'audit');

  let caseId = '';
  let contact = '';
  let [amir, leila, father] = ['', '', ''];
  let eha = '';
  let episode = '';
  let consentId = '';
  let needId = '';
  let meetingId = '';
  let beforeClosing: unknown;

  beforeAll(async () => {
    deployment = await deployed();
  }, 60_000);
  afterAll(() => deployment.stop());

  const contentVersion = async (): Promise<number> => done(await dana().get(eha)).body.contentVersion;

  it('1 FD-01 the school makes a contact, and it is acknowledged with a reference', async () => {
    await clock('2026-03-02T09:15:00Z');
    const made = await dana().post('/api/referral/contacts', {
      authority: 'peterborough',
      source: { kind: 'professional', referrer: { name: 'Dana Reyes' } },
      child: { name: 'Amir Haddad', dateOfBirth: '2018-05-14' },
      household: [
        { name: 'Leila Haddad', relationship: 'mother' },
        { name: 'Karim Haddad', relationship: 'father' },
      ],
      concern: 'Amir is absent a lot; his mother is unwell.',
      reasons: ['persistent-absence'],
    });
    expect(made.status).toBe(201);
    caseId = made.body.caseId;
    contact = `/api/referral/contacts/${made.body.id}`;
    const { body } = await dana().get(contact);
    expect(body.reference).toMatch(/^EH-/);
    amir = body.child.personId;
    [leila, father] = body.household.map(({ personId }: { personId: string }) => personId);
  });

  it('2 FD-02 FD-06 FD-12 triage sends it to the hub, the hub recommends an assessment, and the school is told', async () => {
    await clock('2026-03-02T14:00:00Z');
    done(
      await officer().post(`${contact}/triage`, {
        outcome: 'early-help-hub-enquiry',
        rationale: 'Several needs; no sign of significant harm.',
      }),
    );
    const { hubEnquiryId } = (await officer().get(contact)).body.triage;
    await clock('2026-03-03T10:00:00Z');
    done(
      await hub().post(`/api/referral/hub-enquiries/${hubEnquiryId}/decision`, {
        end: 'eha-recommended',
        agency: 'fenbank-primary',
        rationale: 'The school knows the family best.',
      }),
    );
    expect((await dana().get(contact)).body.referrerTold).toMatchObject({
      nextStep: 'assessment-recommended',
      organisation: 'fenbank-primary',
    });
  });

  it('3 CON-01 CON-02 no assessment opens without consent, and no consent counts without the privacy notice', async () => {
    await clock('2026-03-04T09:00:00Z');
    expect(await dana().post('/api/assessment/assessments', { caseId })).toMatchObject(refusedBy('CON-01'));
    expect(await dana().post(`/api/assessment/cases/${caseId}/consents`, consent({}))).toMatchObject(refusedBy('CON-02'));
  });

  const consent = (more: object) => ({
    giver: { personId: leila, capacity: 'parental-responsibility' },
    purpose: 'take-part-in-early-help',
    covers: [amir, leila],
    agencies: ['fenbank-primary', 'city-health', 'early-help-hub'],
    method: 'in-person',
    ...more,
  });

  it('4 CON-01 CON-02 EHA-08 LP-01 with the notice agreed and consent given it opens, due on 6 April, with Dana in the lead', async () => {
    await clock('2026-03-09T10:00:00Z');
    consentId = done(await dana().post(`/api/assessment/cases/${caseId}/consents`, consent({ notice }))).body.id;
    expect(consentId).not.toBe('');
    // CON-09: the other parent joins, for himself.
    const giver = { personId: father, capacity: 'own-behalf', dateOfBirth: '1984-11-02' };
    done(await dana().post(`/api/assessment/cases/${caseId}/consents`, consent({ notice, giver, covers: [father] })));
    const opened = done(await dana().post('/api/assessment/assessments', { caseId }));
    eha = `/api/assessment/assessments/${opened.body.id}`;
    const { body } = await dana().get(eha);
    expect(body.deadlines).toMatchObject([{ rule: 'EHA-08', dueAt: '2026-04-06T22:59:59.999Z', status: 'open' }]);
    expect(body.leadProfessional).toMatchObject({ user: 'dana', organisation: 'fenbank-primary' });
    expect(await dana().post('/api/assessment/assessments', { caseId })).toMatchObject({
      status: 409,
      body: { rule: 'EHA-03', status: 409, detail: expect.any(String), see: { id: opened.body.id } },
    });
  });

  it('5 EHA-02 EHA-06 EHA-07 others contribute, Amir is heard, and two differing views stand side by side', async () => {
    await clock('2026-03-16T10:00:00Z');
    done(await dana().post(`${eha}/children`, { childId: amir }));
    done(await dana().post(`${eha}/members`, { personId: leila, part: 'mother' }));
    done(await dana().post(`${eha}/members`, { personId: father, part: 'father' }));
    done(await visitor().post(`${eha}/sections`, { heading: 'health', text: 'Leila has had fainting spells since January.' }));
    done(
      await dana().post(`${eha}/lived-experience`, { childId: amir, how: 'own-words', experience: 'I stay home when Mum feels dizzy.' }),
    );
    done(await dana().post(`${eha}/views`, { personId: leila, view: 'I can manage if the mornings are easier.' }));
    done(await dana().post(`${eha}/views`, { personId: father, view: 'The school makes too much of it.' }));
    done(await dana().post(`${eha}/voices`, { personId: leila, words: 'I want him to be in school.' }));
    done(await dana().post(`${eha}/needs`, { code: 'good-education', personId: amir, description: 'To be in school every day.' }));
    const { body } = await dana().get(eha);
    expect(body.views.map(({ personId }: { personId: string }) => personId)).toEqual([leila, father]);
    expect(body.sections).toMatchObject([{ by: { user: 'vera', organisation: 'city-health' } }]);
    needId = body.needs[0].needId;
    const { ehaConsiderations } = packFor('peterborough', instant('2026-03-16T10:00:00Z'));
    for (const consideration of Object.keys(ehaConsiderations))
      done(await dana().post(`${eha}/considerations`, { consideration, answer: 'Talked over with the family.' }));
  });

  it('6 EHA-09 it is completed on the very version that the family agreed, and the hub checks it', async () => {
    await clock('2026-04-01T10:00:00Z');
    const complete = () => dana().post(`${eha}/completion`, { copyGivenTo: [leila] });
    expect(await complete()).toMatchObject(refusedBy('EHA-09'));
    const version = await contentVersion();
    done(await dana().post(`${eha}/agreements`, { version, by: leila }));
    done(await visitor().post(`${eha}/sections`, { heading: 'health', text: 'The fainting is being looked into.' }));
    expect(await complete()).toMatchObject(refusedBy('EHA-09'));
    expect(await dana().post(`${eha}/agreements`, { version, by: leila })).toMatchObject(refusedBy('EHA-09'));
    await clock('2026-04-03T11:00:00Z');
    done(await dana().post(`${eha}/agreements`, { version: version + 1, by: leila }));
    done(await complete());
    await clock('2026-04-07T09:00:00Z');
    expect(await dana().post(`${eha}/hub-checks`, { safeguarding: 'passed', quality: 'passed', outcome: 'accepted' })).toMatchObject({
      status: 403,
    });
    done(await hub().post(`${eha}/hub-checks`, { safeguarding: 'passed', quality: 'passed', outcome: 'accepted' }));
    expect((await dana().get(eha)).body).toMatchObject({ status: 'accepted' });
  });

  it('7 TAF-01 TAF-03 TAF-04 LP-02 PLAN-01 TAF-02 the first meeting is held with the family, leaves a plan, and sets the review window', async () => {
    const { items } = done(await dana().get(`/api/planning/episodes?caseId=${caseId}`)).body;
    expect(items).toHaveLength(1);
    episode = `/api/planning/episodes/${items[0].id}`;
    const meetings = `${episode}/meetings`;
    expect((await dana().get(meetings)).body.deadlines).toMatchObject([{ rule: 'TAF-01', dueAt: '2026-05-01T22:59:59.999Z' }]);
    await clock('2026-04-20T10:00:00Z');
    const around = { people: [leila, amir, father], professionals: [{ user: 'vera', organisation: 'city-health' }] };
    expect(await dana().post(meetings, around)).toMatchObject(refusedBy('TAF-04'));
    meetingId = done(await dana().post(meetings, { ...around, agreedBy: leila })).body.id;
    const meeting = `${meetings}/${meetingId}`;
    done(await dana().post(`${meeting}/invitations`, { ...around, plannedFor: '2026-04-28T14:00:00+01:00' }));
    done(await dana().post(`${meeting}/views`, { personId: amir, views: 'I would like to walk to school with Sam.' }));

    await clock('2026-04-28T15:00:00Z');
    const professionals = [
      { user: 'dana', organisation: 'fenbank-primary' },
      { user: 'vera', organisation: 'city-health' },
    ];
    const record = {
      heldAt: '2026-04-28T14:00:00+01:00',
      summary: 'What would make the mornings easier, and who can help.',
      discussed: Object.keys(packFor('peterborough', instant('2026-04-28T15:00:00Z')).firstTafAgenda),
      represented: [{ personId: amir, views: 'I would like to walk to school with Sam.' }],
    };
    expect(await dana().post(`${meeting}/record`, { ...record, attended: { people: [], professionals } })).toMatchObject(
      refusedBy('TAF-03'),
    );
    done(
      await dana().post(`${episode}/lead-professional/confirmation`, {
        meetingId,
        leadProfessional: professionals[0],
        agreedBy: [leila],
        accepted: true,
      }),
    );
    done(await dana().post(`${meeting}/record`, { ...record, attended: { people: [{ personId: leila, part: 'family' }], professionals } }));

    const action = (what: string, owner: object) => ({
      meetingId,
      needId,
      what,
      why: 'So that Amir is in school.',
      howKnown: 'Attendance above nine days in ten.',
      means: 'The breakfast club; a walking friend.',
      owner,
      ownerAgreed: true,
      by: '2026-06-12',
    });
    const { by: _date, ...undated } = action('A place at the breakfast club', professionals[0]!);
    expect(await dana().post(`${episode}/plan/actions`, undated)).toMatchObject(refusedBy('PLAN-01', { field: 'by' }));
    done(await dana().post(`${episode}/plan/goals`, { personId: leila, words: 'Calm mornings.' }));
    for (const [what, owner] of [
      ['A place at the breakfast club', professionals[0]!],
      ['A check of the fainting', professionals[1]!],
      ['A bag packed the evening before', { personId: leila }],
    ] as const)
      done(await dana().post(`${episode}/plan/actions`, action(what, owner)));
    done(await dana().post(`${meeting}/sharing`, { people: [leila, amir, father], professionals }));
    expect((await dana().get(`${episode}/plan`)).body.actions).toHaveLength(3);
    expect((await dana().get(meetings)).body).toMatchObject({ meetings: [{ reviewWindow: { from: '2026-06-09', by: '2026-06-23' } }] });
  });

  it('8 TAF-08 EP-04 EP-07 the review finds the needs met, and the episode closes with its reason and circumstances', async () => {
    await clock('2026-06-16T15:30:00Z');
    const meetings = `${episode}/meetings`;
    const professionals = [{ user: 'dana', organisation: 'fenbank-primary' }];
    const review = done(await dana().post(meetings, { people: [leila], professionals: [], agreedBy: leila })).body.id;
    done(
      await dana().post(`${meetings}/${review}/record`, {
        heldAt: '2026-06-16T15:00:00+01:00',
        attended: { people: [{ personId: leila, part: 'family' }], professionals },
        summary: 'Amir has been in school for five weeks.',
        impact: 'close',
      }),
    );
    for (const { actionId } of (await dana().get(`${episode}/plan`)).body.actions)
      done(await dana().post(`${episode}/plan/actions/${actionId}/completion`, { outcome: 'Done.' }));
    await clock('2026-06-23T12:00:00Z');
    const closing = {
      reason: 'met-by-universal-services',
      supportGiven: 'Breakfast club, a walking friend, health checks.',
      told: { people: [leila, amir, father], professionals: [{ user: 'vera', organisation: 'city-health' }] },
    };
    expect(await dana().post(`${episode}/closing`, closing)).toMatchObject(refusedBy('EP-04', { field: 'presentCircumstances' }));
    done(await dana().post(`${episode}/closing`, { ...closing, presentCircumstances: 'Amir is in school; Leila is well.' }));
    done(await dana().post(`${episode}/stay-in-touch`, { on: '2026-09-14' }));
    expect((await dana().get(episode)).body).toMatchObject({ status: 'closed' });
  });

  it('9 the chronology shows every step, the replay is the same, and as known on 20 April there was no meeting', async () => {
    // What other services did about the closing belongs to it too: they are idle once their clocks stand where they stood.
    await clock('2026-06-23T12:00:00Z');
    const chronology = done(await auditor().get(`/api/reporting/cases/${caseId}/chronology?limit=200`)).body;
    keep('j1', chronology.items);
    const types: string[] = chronology.items.map(({ type }: { type: string }) => type);
    for (const type of ['referral.ContactReceived.v1', 'assessment.ConsentGiven.v1', 'planning.TafHeld.v1', 'planning.EpisodeClosed.v1'])
      expect(types).toContain(type);
    for (const entry of chronology.items)
      expect(entry).toMatchObject({
        tells: expect.any(String),
        who: { user: expect.any(String), role: expect.any(String), organisation: expect.any(String) },
        policy: { pack: expect.any(String) },
      });

    expect(done(await auditor().get(`/api/reporting/cases/${caseId}/replay`)).body).toMatchObject({ same: true });
    const state = done(await auditor().get(`/api/reporting/cases/${caseId}/state`)).body;
    const replayed = state.streams.find(({ aggregate }: { aggregate: string }) => aggregate === 'planning.episode');
    expect(replayed.version).toBe((await dana().get(episode)).body.version);
    beforeClosing = state;
    expect(beforeClosing).toBeDefined();

    const known = done(await auditor().get(`/api/reporting/cases/${caseId}/chronology?limit=200&asKnownAt=2026-04-20T00:00:00Z`)).body;
    const knownTypes: string[] = known.items.map(({ type }: { type: string }) => type);
    expect(knownTypes).toContain('assessment.EhaAccepted.v1');
    expect(knownTypes.filter((type) => type.startsWith('planning.Taf'))).toEqual([]);
  });

  it('ACC-01 the whole history is not for her Lead Professional, who is told why and reads each record where it is kept', async () => {
    for (const whole of ['chronology', 'state', 'replay']) {
      const { status, body } = await dana().get(`/api/reporting/cases/${caseId}/${whole}`);
      expect([whole, status, body.rule, body.detail]).toEqual([whole, 403, 'ACC-01', expect.stringContaining('where it is kept')]);
    }
    const summary = done(await dana().get(`/api/reporting/cases/${caseId}`)).body;
    expect(summary.child.name).toBe('Amir Haddad');
    for (const record of ['', '/plan', '/notes', '/meetings']) done(await dana().get(`${episode}${record}`));
  });
});
