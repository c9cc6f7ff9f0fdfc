import { instant, type DomainEvent, type Workflow, type WorkflowInput, type WorkflowState } from '@waymark/kernel';
import { describe, expect, it } from '@jest/globals';
import { aCase, dana, idOf } from '@waymark/testing';
import { EpisodeClosed, EpisodeReopened } from '../episode/events.js';
import { ActionAgreed, ActionCompleted, PlanStoodDown } from '../plan/events.js';
import { acceptedAt, actionId, aDay, completedAt, ehaId, healthVisitor, known, lead, needs } from '../planning.fixture.js';
import { planningDeadlines } from '../shared/deadlines.js';
import { ReviewWindowSet } from '../taf/events.js';
import { caseClosing } from './case-closing.js';
import { caseDrift } from './case-drift.js';
import { caseOpening, episodeIdOf } from './case-opening.js';
import { overdueActions } from './overdue-actions.js';

const episodeId = episodeIdOf(aCase, ehaId);
const occurredAt = instant('2026-06-23T15:00:00Z');

/** What a workflow asks for, input by input. */
const run = <E extends DomainEvent, S extends WorkflowState>(workflow: Workflow<E, S>, ...inputs: readonly E[]) => {
  let state = workflow.initial;
  return inputs.map((event, index) => {
    const input = { ...event, id: idOf(`input ${index}`), caseId: aCase, occurredAt, actor: dana } as WorkflowInput<E>;
    const step = workflow.react(state, input);
    state = step.state;
    return step.issues.map(({ aggregate, id, command }) => ({ aggregate, id, kind: command.kind, command }));
  });
};

const asInput = <E extends DomainEvent>(event: E) =>
  ({ ...event, id: idOf('input'), caseId: aCase, occurredAt, actor: dana }) as unknown as WorkflowInput<E>;

const about = { caseId: aCase, ehaId };
const opened = { type: 'earlyhelp.assessment.assessment-opened.v1', data: { ...about, leadProfessional: lead } } as const;
const completed = { type: 'earlyhelp.assessment.assessment-completed.v1', data: { ...about, completedAt, needs } } as const;
const updated = { type: 'earlyhelp.assessment.assessment-updated.v1', data: { ...about, needs } } as const;
const accepted = { type: 'earlyhelp.assessment.assessment-accepted.v1', data: { ...about, acceptedAt } } as const;

const byId = needs.map(({ needId }) => ({ needId }));
const needIds = needs.map(({ needId }) => needId);
const completedV2 = { type: 'earlyhelp.assessment.assessment-completed.v2', data: { ...about, completedAt, needs: needIds } } as const;
const updatedV2 = { type: 'earlyhelp.assessment.assessment-updated.v2', data: { ...about, needs: needIds } } as const;
const acceptedV2 = { type: 'earlyhelp.assessment.assessment-accepted.v2', data: { ...about, acceptedAt } } as const;

describe('case-opening', () => {
  it('B3 takes the needs by their ids alone, from the version without codes and from the one before it', () => {
    expect(run(caseOpening, opened, completedV2, acceptedV2, updatedV2)).toEqual(run(caseOpening, opened, completed, accepted, updated));
    expect(JSON.stringify(run(caseOpening, opened, completed, updated))).not.toContain('good-education');
  });

  it('EP-01 an assessment opens an episode; its completion and acceptance set meetings and plan going', () => {
    const asked = run(caseOpening, opened, completed, accepted, updated);
    expect(asked.map((issues) => issues.map(({ aggregate, kind }) => `${aggregate} ${kind}`))).toEqual([
      ['planning.episode OpenEpisode'],
      ['planning.episode NoteEhaCompleted', 'planning.taf ExpectFirstMeeting', 'planning.plan NoteNeeds'],
      ['planning.episode NoteEhaAccepted', 'planning.taf NoteEhaAccepted'],
      ['planning.plan NoteNeeds'],
    ]);
    expect(asked[0]?.[0]).toMatchObject({ id: episodeId, command: { ...about, episodeId, leadProfessional: lead } });
    expect(asked[1]?.[1]).toMatchObject({ id: episodeId, command: { ...about, episodeId, completedAt, needs: byId } });
    expect(asked[2]?.[1]).toMatchObject({ id: episodeId, command: { ...about, episodeId, acceptedAt } });
  });

  it('EP-01 the same case and assessment always have the same episode, and no others have it', () => {
    expect(caseOpening.instance(asInput(opened))).toBe(episodeId);
    expect(episodeIdOf(aCase, idOf('another assessment'))).not.toBe(episodeId);
  });
});

const story = { reason: 'moved-away', presentCircumstances: 'Settled.', supportGiven: 'Much.' };
const closed = EpisodeClosed({ episodeId, ...story, told: { people: [], professionals: [lead] }, servicesStillOpen: [] });

describe('case-closing', () => {
  it('stands meetings and plan down on closing, and takes meetings up on reopening', () => {
    const reopened = EpisodeReopened({ episodeId, leadProfessional: lead, reason: 'Back again.' });
    const [onClosing, onReopening] = run(caseClosing, closed, reopened);
    expect(onClosing).toMatchObject([
      { kind: 'StandDownMeetings', id: episodeId },
      { kind: 'StandDownPlan', id: episodeId },
    ]);
    expect(onReopening).toMatchObject([{ kind: 'TakeUpMeetings', command: { reopenedAt: occurredAt } }]);
  });
});

const agreed = ActionAgreed({
  ...{ episodeId, actionId: actionId('a'), meetingId: null, needId: idOf('need'), what: 'a', why: 'b', howKnown: 'c', means: 'd' },
  ...{ professional: healthVisitor, familyMember: null, by: aDay('2026-05-29'), evidence: known },
});
const missedBy = (rule: string, about: typeof agreed.data.actionId | null = null) =>
  planningDeadlines.DeadlineMissed({ deadlineId: idOf(rule), rule, about, dueAt: occurredAt });
const done = ActionCompleted({ episodeId, actionId: actionId('a'), outcome: 'Done.' });
const window = ReviewWindowSet({ episodeId, meetingId: null, from: aDay('2026-06-09'), by: aDay('2026-06-23') });

describe('case-drift', () => {
  const kinds = (...inputs: Parameters<typeof caseDrift.react>[1][]) =>
    run(caseDrift, ...inputs).map((issues) => issues.map(({ kind }) => kind));
  const inputs = (...events: DomainEvent[]) => events.map((event) => asInput(event)) as unknown as Parameters<typeof caseDrift.react>[1][];

  it('EP-02 a case that drifts with an empty plan has its closing prompted', () =>
    expect(kinds(...inputs(window, missedBy('TAF-02')))).toEqual([[], ['PromptClosing']]));

  it('EP-02 a case that drifts with an active plan has not, until its last action is done', () =>
    expect(kinds(...inputs(window, agreed, missedBy('TAF-02'), done))).toEqual([[], [], [], ['PromptClosing']]));

  it('EP-02 a plan without actions is no drift while reviews are in time, nor is another deadline', () =>
    expect(kinds(...inputs(window, agreed, done, missedBy('PLAN-02', actionId('a'))))).toEqual([[], [], [], []]));

  it('EP-02 a review ends the drift', () => expect(kinds(...inputs(window, agreed, missedBy('TAF-02'), window, done)).flat()).toEqual([]));

  it('EP-02 prompts once while it drifts', () =>
    expect(kinds(...inputs(window, missedBy('TAF-02'), PlanStoodDown({ episodeId, unfinished: [] }))).flat()).toEqual(['PromptClosing']));
});

describe('overdue-actions', () => {
  it('PLAN-02 prompts the owner, then the Lead Professional', () => {
    const id = actionId('a');
    const [, first, second] = run(overdueActions, agreed, missedBy('PLAN-02', id), missedBy('PLAN-03', id));
    expect(first).toMatchObject([{ aggregate: 'planning.plan', id: episodeId, kind: 'PromptOwner', command: { actionId: id } }]);
    expect(second).toMatchObject([
      { aggregate: 'planning.plan', id: episodeId, kind: 'PromptLeadProfessional', command: { actionId: id } },
    ]);
  });

  it('PLAN-02 follows each action by itself, and no deadline that is about no action', () => {
    expect(overdueActions.instance(asInput(agreed))).toBe(actionId('a'));
    expect(overdueActions.instance(asInput(missedBy('PLAN-02', actionId('b'))))).toBe(actionId('b'));
    expect(overdueActions.instance(asInput(missedBy('TAF-02')))).toBeNull();
  });
});
