import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  assessmentAccepted,
  assessmentCompleted,
  assessmentContracts,
  assessmentOpened,
  consentGivenV2,
  consentWithdrawn,
  sharingDecidedV2,
} from '@waymark/assessment-contracts';
import { testPlatform, type Answer, type TestPlatform } from '@waymark/nest';
import { contactReceived, referralContracts } from '@waymark/referral-contracts';
import { idOf } from '@waymark/testing';
import type { CaseId } from '@waymark/kernel';
import { planningService } from '../src/index.js';

const lead = { user: 'dana', organisation: 'fenbank-primary' };
const nurse = { user: 'noor', organisation: 'fen-health' };
const leila = idOf('leila');
const amir = idOf('amir');
const needs = [
  { needId: idOf('attendance'), code: 'good-education' },
  { needId: idOf('health'), code: 'mental-and-physical-health' },
];

describe('planning over HTTP', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await testPlatform([planningService], {
      now: '2026-03-09T10:00:00Z',
      config: { logLevel: 'error' },
      contracts: [...referralContracts, ...assessmentContracts],
    });
  });
  afterAll(async () => {
    const parked = await platform.platform.reactions.parked();
    await platform.stop();
    expect(parked).toEqual([]);
  });

  const dana = () => platform.as('dana', 'practitioner', 'fenbank-primary');
  const noor = () => platform.as('noor', 'practitioner', 'fen-health');
  const head = () => platform.as('hana', 'manager', 'fenbank-primary');
  const officer = () => platform.as('sol', 'support-officer', 'early-help-hub');

  /** A family whose assessment was opened on 9 March, completed on 3 April and accepted by the hub on 7 April. */
  const afterTheAssessment = async (name: string) => {
    const caseId = idOf<CaseId>(`case ${name}`);
    const about = { caseId, ehaId: idOf(`eha ${name}`) };
    const completedAt = '2026-04-03T14:00:00.000Z';
    await platform.publish(contactReceived, caseId, {
      caseId,
      contactId: idOf(name),
      authority: 'peterborough',
      receivedAt: '2026-03-02T09:15:00.000Z',
    });
    await platform.publish(consentGivenV2, caseId, {
      ...{ caseId, consentId: idOf(`consent ${name}`), purpose: 'take-part-in-early-help', giver: leila, covers: [leila, amir] },
      agencies: [lead.organisation, nurse.organisation, 'early-help-hub'],
      ...{ from: '2026-03-09T09:00:00.000Z', until: null },
    });
    await platform.publish(assessmentOpened, caseId, { ...about, leadProfessional: lead, openedAt: '2026-03-09T10:00:00.000Z' });
    await platform.publish(assessmentCompleted, caseId, { ...about, completedAt, needs });
    await platform.publish(assessmentAccepted, caseId, { ...about, completedAt, acceptedAt: '2026-04-07T10:00:00.000Z', needs });
    await platform.settled();
    const listed = await officer().get(`/api/planning/episodes?caseId=${caseId}`);
    expect(listed.body.items).toMatchObject([{ caseId, status: 'open', leadUser: 'dana' }]);
    return { caseId, episode: `/api/planning/episodes/${listed.body.items[0].id}`, episodeId: String(listed.body.items[0].id) };
  };

  const begunMeeting = async (episode: string) => {
    const around = { people: [leila, amir], professionals: [nurse] };
    const meeting = await dana().post(`${episode}/meetings`, { ...around, agreedBy: leila });
    expect(meeting).toMatchObject({ status: 201, headers: { location: `${episode}/meetings/${meeting.body.id}` } });
    return { meeting: `${episode}/meetings/${meeting.body.id}`, meetingId: String(meeting.body.id), around };
  };

  const record = {
    heldAt: '2026-04-28T15:00:00+01:00',
    attended: { people: [{ personId: leila, part: 'family' }], professionals: [lead, nurse] },
    represented: [{ personId: amir, views: 'I want to see my friends.' }],
    discussed: ['needs', 'changes', 'what-the-family-wants', 'family-network', 'professional-support', 'crisis-plan'],
    summary: 'Mornings are hardest.',
  };
  const action = {
    needId: idOf('health'),
    what: 'Weekly sleep clinic.',
    why: 'Amir is too tired for school.',
    howKnown: 'Asleep by nine, five nights a week.',
    means: 'A place is free.',
    owner: nurse,
    ownerAgreed: true,
    by: '2026-05-29',
  };

  const heldFirst = async (name: string) => {
    await platform.setClock('2026-04-28T16:00:00Z');
    const family = await afterTheAssessment(name);
    const begun = await begunMeeting(family.episode);
    await dana().post(`${family.episode}/lead-professional/confirmation`, {
      meetingId: begun.meetingId,
      leadProfessional: lead,
      agreedBy: [leila],
    });
    expect(await dana().post(`${begun.meeting}/record`, record)).toMatchObject({ status: 200 });
    return { ...family, ...begun };
  };

  const rule = (answer: Answer) => [answer.status, answer.body.rule, answer.body.field];

  it('J1 steps 7 and 8: a first meeting in time, a SMART plan, a review, and a closing that tells all', async () => {
    await platform.setClock('2026-04-20T09:00:00Z');
    const { episode, episodeId, caseId } = await afterTheAssessment('amir');
    const due = await officer().get(`/api/planning/deadlines?caseId=${caseId}&status=open`);
    expect(due.body.items).toMatchObject([{ rule: 'TAF-01', dueAt: '2026-05-01T22:59:59.999Z', aggregateId: episodeId }]);

    expect(rule(await dana().post(`${episode}/meetings`, { people: [leila], professionals: [] }))).toEqual([422, 'TAF-04', 'agreedBy']);
    const { meeting, meetingId, around } = await begunMeeting(episode);
    const stranger = { user: 'pat', organisation: 'fen-health' };
    const invitation = { ...around, plannedFor: '2026-04-28T14:00:00Z' };
    expect(rule(await dana().post(`${meeting}/invitations`, { ...invitation, professionals: [stranger] }))).toEqual([
      422,
      'TAF-04',
      'professionals',
    ]);
    expect(await dana().post(`${meeting}/invitations`, invitation)).toMatchObject({ status: 200 });

    await platform.setClock('2026-04-28T16:00:00Z');
    const professionalsOnly = { ...record, attended: { people: [], professionals: [lead, nurse] } };
    expect(rule(await dana().post(`${meeting}/record`, professionalsOnly))).toEqual([422, 'TAF-03', 'attended.people']);
    expect(rule(await dana().post(`${meeting}/record`, record))).toEqual([422, 'LP-02', undefined]);
    const confirmation = { meetingId, leadProfessional: lead, agreedBy: [leila] };
    expect(await dana().post(`${episode}/lead-professional/confirmation`, confirmation)).toMatchObject({ status: 200 });
    expect(await dana().post(`${meeting}/record`, record)).toMatchObject({ status: 200 });
    const shown = await dana().get(`${episode}/meetings`);
    expect(shown.body).toMatchObject({
      stage: 'reviewing',
      deadlines: [
        { rule: 'TAF-01', status: 'met' },
        { rule: 'TAF-02', status: 'open' },
      ],
      meetings: [
        {
          status: 'held',
          reviewWindow: { from: '2026-06-09', by: '2026-06-23' },
          views: [{ views: 'I want to see my friends.' }],
          prompts: [],
        },
      ],
    });

    const plan = `${episode}/plan`;
    expect(await dana().post(`${plan}/goals`, { personId: leila, words: 'Mornings without shouting.' })).toMatchObject({ status: 201 });
    const { by: _, ...dateless } = action;
    expect(rule(await dana().post(`${plan}/actions`, { ...dateless, meetingId }))).toEqual([422, 'PLAN-01', 'by']);
    const first = await dana().post(`${plan}/actions`, { ...action, meetingId });
    expect(first).toMatchObject({ status: 201 });
    expect(await dana().post(`${plan}/actions`, { ...action, meetingId, owner: { personId: leila }, what: 'A bedtime.' })).toMatchObject({
      status: 201,
    });
    expect(await noor().post(`${plan}/actions/${first.body.id}/completion`, { outcome: 'Asleep by nine.' })).toMatchObject({ status: 200 });
    expect((await dana().get(plan)).body).toMatchObject({
      active: true,
      goals: [{ words: 'Mornings without shouting.' }],
      actions: [{ status: 'completed', terms: { what: 'Weekly sleep clinic.' } }, { status: 'open' }],
    });
    const shared = { people: [leila], professionals: [nurse, lead], withheld: [{ personId: amir, because: 'declined' }] };
    expect(rule(await dana().post(`${meeting}/sharing`, { ...shared, people: [] }))).toEqual([422, 'TAF-06', 'people']);
    const withdrawal = { caseId, consentId: idOf('consent amir'), agencies: [nurse.organisation], because: 'withdrawn' as const };
    const purpose = 'take-part-in-early-help';
    await platform.publish(consentWithdrawn, caseId, { ...withdrawal, purpose, at: '2026-04-28T15:30:00.000Z' });
    expect(rule(await dana().post(`${meeting}/sharing`, shared))).toEqual([422, 'CON-13', 'professionals']);
    const decision = { caseId, decisionId: idOf('decision'), share: 'yes' as const, about: [amir], agencies: [nurse.organisation] };
    const terms = { basis: 'public-task' as const, from: '2026-04-28T15:45:00.000Z', until: null };
    await platform.publish(sharingDecidedV2, caseId, { ...decision, ...terms });
    // CON-19: the record is about Leila too, and of her nothing was decided.
    expect(rule(await dana().post(`${meeting}/sharing`, shared))).toEqual([422, 'CON-13', 'professionals']);
    await platform.publish(sharingDecidedV2, caseId, { ...decision, ...terms, decisionId: idOf('decision of leila'), about: [leila] });
    expect(await dana().post(`${meeting}/sharing`, shared)).toMatchObject({ status: 200 });

    await platform.setClock('2026-06-16T16:00:00Z');
    const second = await dana().post(`${episode}/meetings`, { people: [leila], professionals: [], agreedBy: leila });
    const review = {
      ...record,
      heldAt: '2026-06-16T15:00:00+01:00',
      attended: { people: [{ personId: leila, part: 'family' }], professionals: [lead] },
    };
    expect(
      await dana().post(`${episode}/meetings/${second.body.id}/record`, { ...review, impact: 'close', summary: 'Needs are met.' }),
    ).toMatchObject({ status: 200 });

    await platform.setClock('2026-06-23T15:00:00Z');
    const closing = {
      reason: 'met-by-universal-services',
      presentCircumstances: 'Amir is at school every day.',
      supportGiven: 'A sleep clinic and a bedtime.',
      told: { people: [leila, amir], professionals: [nurse] },
    };
    const { presentCircumstances: _circumstances, ...without } = closing;
    expect(rule(await dana().post(`${episode}/closing`, without))).toEqual([422, 'EP-04', 'presentCircumstances']);
    expect(rule(await dana().post(`${episode}/closing`, { ...closing, told: { people: [leila], professionals: [] } }))).toEqual([
      422,
      'EP-04',
      'told',
    ]);
    expect(await dana().post(`${episode}/closing`, closing)).toMatchObject({ status: 200 });
    expect(await dana().post(`${episode}/stay-in-touch`, { on: '2026-09-14' })).toMatchObject({ status: 200 });
    await platform.settled();
    const open = await officer().get(`/api/planning/deadlines?caseId=${caseId}&status=open`);
    expect(open.body.items).toMatchObject([{ rule: 'EP-07', dueAt: '2026-09-14T22:59:59.999Z' }]);
    expect((await dana().get(episode)).body).toMatchObject({
      status: 'closed',
      closings: [{ supportGiven: 'A sleep clinic and a bedtime.' }],
    });
    expect(rule(await dana().post(`${episode}/notes`, { text: 'Too late.' }))).toEqual([409, 'EP-01', undefined]);
    expect(rule(await dana().post(`${episode}/reopening`, {}))).toEqual([422, 'EP-06', 'reason']);
    expect(await platform.platform.reactions.parked()).toEqual([]);
  });

  it('J8 LP-03 a transfer needs the consent of the family and the new one, and until then the old one stays', async () => {
    const { episode, caseId } = await heldFirst('transfer');
    const consentId = idOf('consent to transfer');
    const proposal = { leadProfessional: nurse, consentId, why: 'Dana moves school.' };
    const propose = () => dana().post(`${episode}/lead-professional/proposal`, proposal);
    expect(rule(await propose())).toEqual([422, 'LP-03', 'consentId']);
    const consent = {
      caseId,
      consentId,
      purpose: 'lead-professional-change',
      giver: leila,
      covers: [leila],
      agencies: ['fen-health'],
      from: '2026-04-28T10:00:00.000Z',
      until: null,
    };
    await platform.publish(consentGivenV2, caseId, consent);
    await platform.settled();
    expect(await propose()).toMatchObject({ status: 200 });
    expect((await dana().get(episode)).body.leadProfessional).toEqual(lead);
    expect(rule(await dana().post(`${episode}/lead-professional/acceptance`, {}))).toEqual([422, 'LP-03', undefined]);

    const { purpose } = consent;
    await platform.publish(consentWithdrawn, caseId, {
      caseId,
      consentId,
      purpose,
      agencies: null,
      at: '2026-04-28T15:00:00.000Z',
      because: 'withdrawn',
    });
    await platform.settled();
    expect(rule(await noor().post(`${episode}/lead-professional/acceptance`, {}))).toEqual([422, 'LP-03', 'consentId']);
    await platform.publish(consentGivenV2, caseId, { ...consent, from: '2026-04-28T15:30:00.000Z' });
    await platform.settled();
    expect(await noor().post(`${episode}/lead-professional/acceptance`, {})).toMatchObject({ status: 200 });
    expect((await noor().get(episode)).body).toMatchObject({ leadProfessional: nurse, transfers: 1 });
  });

  it('J8 PLAN-02 PLAN-03 an action past its date prompts owner and Lead Professional, and its agency answers', async () => {
    const { episode, caseId, meetingId } = await heldFirst('overdue');
    const { body } = await dana().post(`${episode}/plan/actions`, { ...action, meetingId });
    const its = `${episode}/plan/actions/${body.id}`;
    await platform.setClock('2026-05-30T09:00:00Z');
    const prompts = async () => {
      const shown = await dana().get(`${episode}/plan`);
      const [{ ownerPrompted, leadProfessionalPrompted, nonDelivery }] = shown.body.actions;
      return [ownerPrompted, leadProfessionalPrompted, nonDelivery];
    };
    expect(await prompts()).toEqual([true, false, 'none']);
    await platform.setClock('2026-06-08T09:00:00Z');
    expect(await prompts()).toEqual([true, true, 'none']);
    const concern = { concern: 'No clinic was held.', lineManager: 'hana', targetedSupportTold: true };
    expect(rule(await noor().post(`${its}/non-delivery`, concern))).toEqual([422, 'PLAN-03', undefined]);
    expect(rule(await dana().post(`${its}/non-delivery`, { ...concern, targetedSupportTold: false }))).toEqual([
      422,
      'PLAN-03',
      'targetedSupportTold',
    ]);
    expect(await dana().post(`${its}/non-delivery`, concern)).toMatchObject({ status: 200 });
    expect(rule(await dana().post(`${its}/non-delivery/answer`, { answer: 'Not ours.' }))).toEqual([422, 'PLAN-03', undefined]);
    expect(await noor().post(`${its}/non-delivery/answer`, { answer: 'Staff were off; it starts on Monday.' })).toMatchObject({
      status: 200,
    });
    expect(await prompts()).toEqual([true, true, 'answered']);
    const missed = await officer().get(`/api/planning/deadlines?caseId=${caseId}&rule=PLAN-02&status=missed`);
    expect(missed.body.items).toHaveLength(1);
  });

  it('J8 TAF-02 EP-02 eight weeks without a review and with an empty plan the case drifts, once, and closing is prompted', async () => {
    const { caseId } = await heldFirst('drift');
    const listed = async () => (await officer().get(`/api/planning/episodes?caseId=${caseId}`)).body.items;
    await platform.setClock('2026-06-23T22:00:00Z');
    expect(await listed()).toMatchObject([{ drifting: false, closingPrompted: false, reviewBy: '2026-06-23' }]);
    await platform.setClock('2026-06-24T09:00:00Z');
    await platform.setClock('2026-06-25T09:00:00Z');
    expect(await listed()).toMatchObject([{ drifting: true, closingPrompted: true }]);
    const missed = await officer().get(`/api/planning/deadlines?caseId=${caseId}&rule=TAF-02&status=missed`);
    expect(missed.body.items).toHaveLength(1);
  });

  it('SUP-01 a manager sees the episodes of their own staff and supervises them; not those of others', async () => {
    await platform.setClock('2026-06-25T09:00:00Z');
    const { episode, caseId } = await afterTheAssessment('supervision');
    const elsewhere = platform.as('otto', 'manager', 'fen-health');
    const seen = async (caller: ReturnType<typeof dana>) => (await caller.get(`/api/planning/episodes?caseId=${caseId}`)).body.items.length;
    expect([await seen(head()), await seen(elsewhere), await seen(officer())]).toEqual([1, 0, 1]);
    const supervision = { discussion: 'Progress is steady.' };
    expect(rule(await elsewhere.post(`${episode}/supervision`, supervision))).toEqual([403, 'SUP-01', undefined]);
    expect((await elsewhere.get(episode)).body.rule).toBe('SUP-01');
    expect(await head().post(`${episode}/supervision`, supervision)).toMatchObject({ status: 200 });
  });

  it('EP-03 a case note is corrected by a further entry, and each shows the other', async () => {
    await platform.setClock('2026-06-25T10:00:00Z');
    const { episode } = await afterTheAssessment('notes');
    const added = await dana().post(`${episode}/notes`, { text: 'Leila rang.' });
    const corrected = await dana().post(`${episode}/notes/${added.body.id}/correction`, { text: 'It was her sister.', why: 'Misheard.' });
    const shown = await dana().get(`${episode}/notes`);
    expect(shown.body.notes).toMatchObject([
      { text: 'Leila rang.', correctedBy: corrected.body.id, by: { user: 'dana' } },
      { text: 'It was her sister.', corrects: added.body.id, correctedBy: null },
    ]);
  });

  it('EP-05 ADV-03 LP-03 EP-07 records what else happens around an episode', async () => {
    await platform.setClock('2026-06-25T10:30:00Z');
    const { episode, meetingId, caseId } = await heldFirst('the rest');
    const done = async (answer: Promise<Answer>) => expect([200, 201]).toContain((await answer).status);
    const service = await dana().post(`${episode}/services`, { organisation: 'fen-health', part: 'Sleep clinic.' });
    await done(officer().post(`${episode}/check-ins`, { discussion: 'What holds the review up?' }));
    expect(await dana().post(`${episode}/check-ins`, { discussion: 'By myself.' })).toMatchObject({ status: 403 });

    const consentId = idOf('consent to decline');
    const consent = {
      caseId,
      consentId,
      purpose: 'lead-professional-change',
      giver: leila,
      covers: [leila],
      agencies: ['fen-health'],
      from: '2026-04-28T10:00:00.000Z',
      until: null,
    };
    await platform.publish(consentGivenV2, caseId, consent);
    await platform.settled();
    await done(dana().post(`${episode}/lead-professional/proposal`, { leadProfessional: nurse, consentId, why: 'Closer to the family.' }));
    await done(noor().post(`${episode}/lead-professional/refusal`, { why: 'No capacity.' }));

    const agreed = await dana().post(`${episode}/plan/actions`, { ...action, by: '2026-07-31', meetingId });
    const its = `${episode}/plan/actions/${agreed.body.id}`;
    await done(dana().post(`${its}/revision`, { by: '2026-08-14', whyRevised: 'Summer holidays.' }));
    expect((await dana().get(`${episode}/plan`)).body.actions).toMatchObject([{ terms: { by: '2026-08-14', what: action.what } }]);
    await done(dana().post(`${its}/ending`, { because: 'no-longer-needed', why: 'He sleeps well.' }));

    const more = await begunMeeting(episode);
    await done(
      dana().post(`${more.meeting}/invitees`, { people: [], professionals: [{ user: 'pat', organisation: 'police' }], agreedBy: leila }),
    );
    expect((await dana().get(more.meeting)).body).toMatchObject({ id: more.meetingId, status: 'planned' });

    const closing = { reason: 'moved-away', presentCircumstances: 'Settled elsewhere.', supportGiven: 'Much.' };
    await done(dana().post(`${episode}/closing`, { ...closing, told: { people: [leila], professionals: [nurse] } }));
    expect((await dana().get(episode)).body.closings).toMatchObject([
      { servicesStillOpen: [{ serviceId: service.body.id, organisation: 'fen-health' }] },
    ]);
    await done(dana().post(`${episode}/services/${service.body.id}/ending`, { outcome: 'Handed over.' }));
    await done(dana().post(`${episode}/stay-in-touch`, { on: '2026-09-14' }));
    await done(dana().post(`${episode}/stay-in-touch/contact`, { account: 'All is well.' }));
    await done(dana().post(`${episode}/feedback`, { personId: leila, feedback: 'You listened.' }));
    await done(dana().post(`${episode}/reopening`, { reason: 'They moved back.' }));
    await platform.settled();
    expect((await dana().get(`${episode}/meetings`)).body.stage).toBe('reviewing');
  });

  it('EHA-03 a closed episode is not reopened once the family has another', async () => {
    await platform.setClock('2026-06-24T16:00:00Z');
    const { caseId, episode } = await afterTheAssessment('begun anew');
    const closing = { reason: 'moved-away', presentCircumstances: 'Settled elsewhere.', supportGiven: 'Much.' };
    const told = { people: [leila], professionals: [] };
    expect(await dana().post(`${episode}/closing`, { ...closing, told })).toMatchObject({ status: 200 });
    await platform.publish(assessmentOpened, caseId, {
      ...{ caseId, ehaId: idOf('their second'), leadProfessional: lead },
      openedAt: '2026-06-24T16:30:00.000Z',
    });
    await platform.settled();
    const { items } = (await officer().get(`/api/planning/episodes?caseId=${caseId}&status=open`)).body;
    const reopening = await dana().post(`${episode}/reopening`, { reason: 'They moved back.' });
    expect(reopening).toMatchObject({ status: 409, body: { rule: 'EHA-03', see: { kind: 'episode', id: items[0].id } } });
    const other = `/api/planning/episodes/${items[0].id}`;
    expect(await dana().post(`${other}/closing`, { ...closing, told })).toMatchObject({ status: 200 });
    expect(await dana().post(`${episode}/reopening`, { reason: 'They moved back.' })).toMatchObject({ status: 200 });
  });

  it('describes every part of what it takes', async () => {
    const { body } = await platform.raw({ method: 'GET', url: '/api/openapi.json' });
    const { attended, represented } = body.components.schemas.HoldMeetingRequest.properties;
    expect(JSON.stringify(attended)).toContain('#/components/schemas/AttendanceRequest');
    expect(JSON.stringify(represented)).toContain('#/components/schemas/RepresentedRequest');
    expect(JSON.stringify(body)).not.toContain('"#/components/schemas/"');
  });

  it('refuses what cannot be read, what is unknown and what is stale', async () => {
    await platform.setClock('2026-06-25T11:00:00Z');
    const { episode } = await afterTheAssessment('bad input');
    const nowhere = `/api/planning/episodes/${idOf('nowhere')}`;
    expect(await dana().get(nowhere)).toMatchObject({ status: 404 });
    expect(await dana().post(`${nowhere}/notes`, { text: 'To nobody.' })).toMatchObject({ status: 404 });
    expect(await dana().post(`${episode}/meetings/${idOf('no meeting')}/record`, record)).toMatchObject({ status: 404 });
    expect(await dana().post(`${episode}/notes`, { text: 'x', colour: 'red' })).toMatchObject({ status: 400, body: { field: 'colour' } });
    expect(await dana().post(`${episode}/plan/actions`, { ...action, owner: { user: 'noor' } })).toMatchObject({
      status: 400,
      body: { field: 'owner' },
    });
    expect(await dana().post(`${episode}/closing`, {}, { ifMatch: '"1"' })).toMatchObject({ status: 412 });
    expect(await dana().post(`${episode}/stay-in-touch`, { on: '2026-02-30' })).toMatchObject({ status: 400, body: { field: 'on' } });
    const { meeting } = await begunMeeting(episode);
    expect(await dana().post(`${meeting}/views`, { views: 'Whose?' })).toMatchObject({ status: 400 });
    expect(await dana().post(`${meeting}/views`, { views: 'All is well.', personId: amir })).toMatchObject({ status: 200 });
  });
});
