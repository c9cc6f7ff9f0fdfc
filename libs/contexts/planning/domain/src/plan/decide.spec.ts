import { derivedId, instant, type Intent, type Uuid } from '@waymark/kernel';
import { describe, expect, it } from '@jest/globals';
import { specification, idOf } from '@waymark/testing';
import * as fixture from '../planning.fixture.js';
import {
  agreedTo,
  about,
  actionId,
  aDay,
  amir,
  at,
  by,
  ehaId,
  episodeId,
  evidence,
  firstMeeting,
  healthVisitor,
  known,
  leila,
  needs,
  nurse,
  pack,
} from '../planning.fixture.js';
import { planningDeadlines } from '../shared/deadlines.js';
import type { AgreeAction, PlanCommand, RaiseNonDelivery } from './commands.js';
import * as events from './events.js';
import { plan } from './plan.js';

const { given } = specification(agreedTo(plan), pack);

const [attendance, health] = needs.map(({ needId }) => needId) as [Uuid, Uuid];
const sleep = actionId('sleep');
const noted = events.PlanNeedsNoted({ episodeId, ehaId, needs });
const goal = events.FamilyGoalStated({
  episodeId,
  goalId: idOf('goal'),
  personId: leila,
  words: 'Mornings without shouting.',
  evidence: known,
});

const agree: Intent<AgreeAction> = {
  ...about,
  kind: 'AgreeAction',
  actionId: sleep,
  meetingId: firstMeeting,
  needId: health,
  what: 'Weekly sleep clinic.',
  why: 'Amir is too tired for school.',
  howKnown: 'Asleep by nine, five nights a week.',
  means: 'A place is free.',
  owner: healthVisitor,
  ownerAgreed: true,
  by: aDay('2026-05-29'),
  evidence: { ...evidence, meetingHeld: true },
};
const terms = { needId: health, what: agree.what ?? '', why: agree.why ?? '', howKnown: agree.howKnown ?? '', means: agree.means ?? '' };
const agreed = events.ActionAgreed({
  ...{ episodeId, actionId: sleep, meetingId: firstMeeting, ...terms, by: aDay('2026-05-29'), evidence: known },
  ...{ professional: healthVisitor, familyMember: null },
});
const due = { deadlineId: derivedId(sleep, 'PLAN-02', sleep, '0'), rule: 'PLAN-02', about: sleep };
const dueAt = instant('2026-05-29T22:59:59.999Z');
const dueSet = planningDeadlines.DeadlineSet({ ...due, dueAt, remindAt: null });
const missed = { ...planningDeadlines.DeadlineMissed({ ...due, dueAt }), occurredAt: dueAt };
const atTheMeeting = at('2026-04-28T15:30:00Z');
const inJune = (who = fixture.nurse) => by(who, '2026-06-02T10:00:00Z');
const lead = { user: fixture.lead.user, organisation: fixture.lead.organisation, role: 'practitioner' as const };
const onSleep = { ...about, actionId: sleep, evidence };

describe('an action is SMART', () => {
  it('PLAN-01 with every part it is agreed, due at the end of its day (PLAN-02)', () =>
    given(noted, goal).when(agree, atTheMeeting).then(agreed, dueSet));

  it.each(['needId', 'what', 'why', 'howKnown', 'means', 'owner', 'ownerAgreed', 'by'] as const)(
    'PLAN-01 is refused without %s',
    (field) => {
      const { [field]: _, ...without } = agree;
      given(noted, goal).when(without, atTheMeeting).refused('PLAN-01', { field });
    },
  );

  it('PLAN-01 names all that is missing at once', () => {
    const { by: _by, means: _means, ...without } = agree;
    expect(given(noted, goal).when(without, atTheMeeting).decision()).toMatchObject({
      field: 'means',
      message: expect.stringMatching(/the means it takes; by when/),
    });
  });

  it('PLAN-01 is refused when its owner has not agreed', () =>
    given(noted, goal)
      .when({ ...agree, ownerAgreed: false }, atTheMeeting)
      .refused('PLAN-01', { field: 'ownerAgreed' }));

  it('PLAN-01 answers a need of the assessment', () =>
    given(noted, goal)
      .when({ ...agree, needId: idOf('another need') }, atTheMeeting)
      .refused('PLAN-01', { field: 'needId' }));

  it('PLAN-01 has a date that can be kept', () => {
    given(noted, goal)
      .when({ ...agree, by: aDay('2026-04-27') }, atTheMeeting)
      .refused('PLAN-01', { field: 'by' });
    given(noted, goal)
      .when({ ...agree, by: aDay('2026-04-28') }, atTheMeeting)
      .including(planningDeadlines.DeadlineSet({ ...due, dueAt: instant('2026-04-28T22:59:59.999Z'), remindAt: null }));
  });

  it("PLAN-01 may be a family member's", () =>
    given(noted, goal)
      .when({ ...agree, owner: { personId: leila } }, atTheMeeting)
      .including({ ...agreed, data: { ...agreed.data, professional: null, familyMember: leila } }));

  it('PLAN-04 without a goal of the family it is agreed, and the goals are prompted once', () => {
    const prompted = events.FamilyGoalsPrompted({ episodeId });
    given(noted).when(agree, atTheMeeting).then(prompted, agreed, dueSet);
    given(noted, prompted).when(agree, atTheMeeting).then(agreed, dueSet);
  });

  it("PLAN-04 a goal is stated in the family's words, once", () => {
    const state = {
      ...about,
      kind: 'StateFamilyGoal',
      goalId: idOf('goal'),
      personId: leila,
      words: 'Mornings without shouting.',
      evidence,
    } as const;
    given(noted).when(state).then(goal);
    given(noted, goal).when(state).refused('wrong-state', { field: 'goalId' });
  });

  it('FD-07 is not agreed before the hub accepted the assessment', () =>
    given(noted, goal)
      .when({ ...agree, evidence: { episode: { ...fixture.openEpisode, ehaAccepted: false }, meetingHeld: true } }, atTheMeeting)
      .refused('FD-07'));

  it('EP-01 belongs to an episode', () =>
    given(noted)
      .when({ ...agree, evidence: { episode: null, meetingHeld: true } }, atTheMeeting)
      .refused('EP-01'));

  it('is agreed at a meeting that was held, or between meetings', () => {
    const nowhere = { ...evidence, meetingHeld: false };
    given(noted, goal)
      .when({ ...agree, evidence: nowhere }, atTheMeeting)
      .refused('unknown', { field: 'meetingId' });
    given(noted, goal)
      .when({ ...agree, meetingId: null, evidence: nowhere }, atTheMeeting)
      .including(dueSet);
  });

  it('is agreed once', () => given(noted, goal, agreed, dueSet).when(agree, atTheMeeting).refused('wrong-state', { field: 'actionId' }));

  it('takes up the needs of the assessment', () =>
    given()
      .when({ ...about, kind: 'NoteNeeds', ehaId, needs })
      .then(noted));
});

describe('an action is done, revised or ended', () => {
  const history = [noted, goal, agreed, dueSet] as const;
  const complete = { ...onSleep, kind: 'CompleteAction', outcome: 'Asleep by nine.' } as const;

  it('PLAN-02 completed in time it meets its date', () =>
    given(...history)
      .when(complete, by(nurse, '2026-05-20T10:00:00Z'))
      .then(
        events.ActionCompleted({ episodeId, actionId: sleep, outcome: 'Asleep by nine.' }),
        planningDeadlines.DeadlineMet({ ...due, late: false }),
      ));

  it('PLAN-02 completed late it says so', () =>
    given(...history)
      .when(complete, inJune())
      .then(
        events.ActionCompleted({ episodeId, actionId: sleep, outcome: 'Asleep by nine.' }),
        missed,
        planningDeadlines.DeadlineMet({ ...due, late: true }),
      ));

  it('is completed by its owner or the Lead Professional', () => {
    const done = events.ActionCompleted({ episodeId, actionId: sleep, outcome: 'Asleep by nine.' });
    given(...history)
      .when(complete, by(lead))
      .including(done);
    given(...history)
      .when(complete, by(fixture.officer))
      .refused('not-permitted');
    given(...history, done)
      .when(complete, by(nurse))
      .refused('wrong-state');
    given(noted).when(complete, by(nurse)).refused('unknown', { field: 'actionId' });
  });

  const revise = { ...onSleep, kind: 'ReviseAction', by: aDay('2026-06-12'), whyRevised: 'The clinic was ill.' } as const;

  it('GEN-03 a revision is a further entry, with a new date of its own', () =>
    given(...history)
      .when(revise, atTheMeeting)
      .then(
        events.ActionRevised({
          ...{ episodeId, actionId: sleep, ...terms, professional: healthVisitor, familyMember: null },
          ...{ by: aDay('2026-06-12'), whyRevised: 'The clinic was ill.', evidence: known },
        }),
        planningDeadlines.DeadlineCancelled(due),
        planningDeadlines.DeadlineSet({
          ...due,
          deadlineId: derivedId(sleep, 'PLAN-02', sleep, '1'),
          dueAt: instant('2026-06-12T22:59:59.999Z'),
          remindAt: null,
        }),
      ));

  it('PLAN-01 a revised action passes only to somebody who agreed, answers a need and can be kept', () => {
    const revised = (change: object) => given(...history).when({ ...revise, ...change }, atTheMeeting);
    revised({ owner: { personId: leila } }).refused('PLAN-01', { field: 'ownerAgreed' });
    revised({ needId: idOf('another need') }).refused('PLAN-01', { field: 'needId' });
    revised({ means: ' ' }).refused('PLAN-01', { field: 'means' });
    revised({ by: aDay('2026-04-01') }).refused('PLAN-01', { field: 'by' });
    const passed = revised({ owner: { personId: leila }, ownerAgreed: true, needId: attendance, by: undefined });
    passed.then(
      events.ActionRevised({
        ...{ episodeId, actionId: sleep, ...terms, needId: attendance, professional: null, familyMember: leila },
        ...{ by: aDay('2026-05-29'), whyRevised: 'The clinic was ill.', evidence: known },
      }),
    );
  });

  it('PLAN-02 nothing is due about an action that was ended', () =>
    given(...history)
      .when({ ...onSleep, kind: 'EndAction', because: 'no-longer-needed', why: 'He sleeps well.' }, by(lead))
      .then(
        events.ActionEnded({ episodeId, actionId: sleep, because: 'no-longer-needed', why: 'He sleeps well.', evidence: known }),
        planningDeadlines.DeadlineCancelled(due),
      ));

  it('is revised and ended by the Lead Professional', () => {
    given(...history)
      .when(revise, by(nurse))
      .refused('not-permitted');
    given(...history)
      .when({ ...onSleep, kind: 'EndAction', because: 'replaced', why: 'Another is better.' }, by(nurse))
      .refused('not-permitted');
  });

  it('PLAN-02 nothing is due once the episode is closed', () => {
    const stoodDown = events.PlanStoodDown({ episodeId, unfinished: [sleep] });
    given(...history)
      .when({ ...about, kind: 'StandDownPlan' })
      .then(stoodDown, planningDeadlines.DeadlineCancelled(due));
  });
});

describe('an action past its date', () => {
  const overdue = [noted, goal, agreed, dueSet, missed] as const;
  const answerBy = { deadlineId: derivedId(sleep, 'PLAN-03', sleep, '0'), rule: 'PLAN-03', about: sleep };
  const answerDue = planningDeadlines.DeadlineSet({ ...answerBy, dueAt: instant('2026-06-06T22:59:59.999Z'), remindAt: null });
  const ownerPrompted = events.OwnerPrompted({ episodeId, actionId: sleep, professional: healthVisitor, familyMember: null });
  const promptOwner = { ...about, kind: 'PromptOwner', actionId: sleep } as const;
  const promptLead = { ...about, kind: 'PromptLeadProfessional', actionId: sleep } as const;
  const leadPrompted = events.LeadProfessionalPrompted({ episodeId, actionId: sleep });
  const raise: Intent<RaiseNonDelivery> = {
    ...onSleep,
    kind: 'RaiseNonDelivery',
    concern: 'No clinic was held.',
    lineManager: fixture.lineManager,
    targetedSupportTold: true,
  };
  const raised = events.NonDeliveryRaised({
    ...{ episodeId, actionId: sleep, answerable: healthVisitor.organisation, told: ['line-manager', 'targeted-support'] },
    ...{ lineManager: fixture.lineManager, concern: 'No clinic was held.', evidence: known },
  });
  const answer = { ...onSleep, kind: 'AnswerForNonDelivery', answer: 'Staff were off; it starts on Monday.' } as const;
  const answered = events.NonDeliveryAnswered({
    ...{ episodeId, actionId: sleep, answerable: healthVisitor.organisation, answer: 'Staff were off; it starts on Monday.' },
  });

  it('PLAN-02 is missed at the end of its day, once', () => {
    const miss = { ...about, kind: 'MissDeadline', deadlineId: due.deadlineId } as const;
    given(noted, goal, agreed, dueSet).when(miss, at('2026-05-29T22:00:00Z')).refused('wrong-state');
    given(noted, goal, agreed, dueSet).when(miss, at('2026-05-29T23:00:00Z')).then(missed);
    given(...overdue)
      .when(miss, at('2026-05-30T23:00:00Z'))
      .nothing();
  });

  it('PLAN-02 prompts its owner, who has a week to answer, once', () => {
    given(...overdue)
      .when(promptOwner, at('2026-05-30T00:00:00Z'))
      .then(ownerPrompted, answerDue);
    given(...overdue, ownerPrompted, answerDue)
      .when(promptOwner, at('2026-05-31T00:00:00Z'))
      .nothing();
  });

  it('PLAN-02 then prompts the Lead Professional, unless they have raised it already', () => {
    given(...overdue, ownerPrompted, answerDue)
      .when(promptLead)
      .then(leadPrompted);
    given(...overdue, ownerPrompted, leadPrompted)
      .when(promptLead)
      .nothing();
    given(...overdue, ownerPrompted, raised)
      .when(promptLead)
      .nothing();
  });

  it('PLAN-02 prompts nobody about an action that is done', () => {
    const done = events.ActionCompleted({ episodeId, actionId: sleep, outcome: 'Asleep by nine.' });
    given(...overdue, done)
      .when(promptOwner)
      .nothing();
  });

  it('PLAN-03 is raised by the Lead Professional: line manager and Targeted Support are told, the agency stands as answerable', () =>
    given(...overdue)
      .when(raise, inJune(lead))
      .then(raised));

  it('PLAN-03 is raised by nobody else', () => {
    given(...overdue)
      .when(raise, inJune(nurse))
      .refused('PLAN-03');
    given(...overdue)
      .when(raise, inJune(fixture.head))
      .refused('PLAN-03');
  });

  it('PLAN-03 is raised with both', () => {
    given(...overdue)
      .when({ ...raise, lineManager: undefined }, inJune(lead))
      .refused('PLAN-03', { field: 'lineManager' });
    given(...overdue)
      .when({ ...raise, targetedSupportTold: false }, inJune(lead))
      .refused('PLAN-03', { field: 'targetedSupportTold' });
  });

  it("PLAN-03 is raised once its date has passed, about an agency's action, once", () => {
    given(...overdue)
      .when(raise, by(lead, '2026-05-29T10:00:00Z'))
      .refused('wrong-state');
    const familys = { ...agreed, data: { ...agreed.data, professional: null, familyMember: amir } };
    given(noted, goal, familys, dueSet, missed).when(raise, inJune(lead)).refused('wrong-state');
    given(...overdue, raised)
      .when(raise, inJune(lead))
      .refused('wrong-state');
  });

  it('PLAN-03 the agency that agreed to it answers for it', () =>
    given(...overdue, ownerPrompted, answerDue, raised)
      .when(answer, inJune(fixture.otherManager))
      .then(answered, planningDeadlines.DeadlineMet({ ...answerBy, late: false })));

  it('PLAN-03 nobody answers in its place, and only what was raised', () => {
    given(...overdue, raised)
      .when(answer, inJune(lead))
      .refused('PLAN-03');
    given(...overdue)
      .when(answer, inJune(nurse))
      .refused('wrong-state');
  });
});

describe('everything about an action', () => {
  const commands: readonly Intent<PlanCommand & { readonly evidence: { readonly episode: unknown } }>[] = [
    { ...onSleep, kind: 'ReviseAction', by: aDay('2026-06-12'), whyRevised: 'The clinic was ill.' },
    { ...onSleep, kind: 'CompleteAction', outcome: 'Asleep by nine.' },
    { ...onSleep, kind: 'EndAction', because: 'replaced', why: 'Another is better.' },
    { ...onSleep, kind: 'RaiseNonDelivery', concern: 'No clinic.', lineManager: fixture.lineManager, targetedSupportTold: true },
    { ...onSleep, kind: 'AnswerForNonDelivery', answer: 'It starts on Monday.' },
  ];
  const closed = { episode: { ...fixture.openEpisode, status: 'closed' as const } };
  const inTheName = {
    ReviseAction: lead,
    CompleteAction: lead,
    EndAction: lead,
    RaiseNonDelivery: lead,
    AnswerForNonDelivery: nurse,
  } as const;
  const raised = events.NonDeliveryRaised({
    ...{ episodeId, actionId: sleep, answerable: healthVisitor.organisation, told: ['line-manager', 'targeted-support'] },
    ...{ lineManager: fixture.lineManager, concern: 'No clinic was held.', evidence: known },
  });
  const history = (kind: string) => [noted, goal, agreed, dueSet, missed, ...(kind === 'AnswerForNonDelivery' ? [raised] : [])];

  it.each(commands)('EP-01 belongs to an episode that is open: $kind', (command) => {
    const who = inTheName[command.kind as keyof typeof inTheName];
    given(...history(command.kind))
      .when({ ...command, evidence: { ...command.evidence, ...closed } } as Intent<PlanCommand>, by(who, '2026-06-02T10:00:00Z'))
      .refused('EP-01');
  });

  it.each(commands)('is about one that is open still: $kind', (command) => {
    const who = inTheName[command.kind as keyof typeof inTheName];
    const done = events.ActionCompleted({ episodeId, actionId: sleep, outcome: 'Asleep by nine.' });
    const intent = command as Intent<PlanCommand>;
    given(...history(command.kind))
      .when(intent, by(who, '2026-06-02T10:00:00Z'))
      .including();
    given(...history(command.kind), done)
      .when(intent, by(who, '2026-06-02T10:00:00Z'))
      .refused('wrong-state', { field: 'actionId' });
    given(noted).when(intent, by(who, '2026-06-02T10:00:00Z')).refused('unknown', { field: 'actionId' });
  });

  it('EP-01 a goal belongs to an episode too', () =>
    given(noted)
      .when({ ...about, kind: 'StateFamilyGoal', goalId: idOf('goal'), personId: leila, words: 'Calm.', evidence: closed })
      .refused('EP-01'));
});
