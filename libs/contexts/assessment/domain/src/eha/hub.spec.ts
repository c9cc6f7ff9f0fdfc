import { describe, expect, it } from '@jest/globals';
import { aCase, specification } from '@waymark/testing';
import { agreedTo, agreed, at, leila, peterborough } from '../assessment.fixture.js';
import { deadlines } from '../common/deadlines.js';
import { prompt } from '../common/prompts.js';
import type { CheckResult } from './commands.js';
import * as content from './content-events.js';
import { eha } from './eha.js';
import {
  completion,
  done,
  due,
  ehaId,
  finalise,
  hub,
  hubAccepted,
  hubCheck,
  on,
  reviewDue,
  started,
  versionAgreed,
  written,
  writtenVersion,
} from './eha.fixture.js';
import { EhaClosed, EhaCompleted, EhaEscalated, EhaReturned, EhaUpdated, HubChecksRecorded } from './events.js';
import { accepted } from './state.js';

const assessment = specification(agreedTo(eha), peterborough);
const onTheSeventh = { ...hub, ...on('2026-04-07') };
const checked = (safeguarding: CheckResult = 'passed', quality: CheckResult = 'passed') =>
  HubChecksRecorded({ ehaId, version: writtenVersion, safeguarding, quality, note: null });
const update = { kind: 'UpdateEha', caseId: aCase, copyGivenTo: [leila], evidence: agreed } as const;

describe('the checks of the hub', () => {
  it('FD-07 with both passed the assessment is accepted', () => {
    assessment
      .given(...done)
      .when(hubCheck(), onTheSeventh)
      .then(checked(), hubAccepted);
    expect(
      accepted(
        assessment
          .given(...done)
          .when(hubCheck(), onTheSeventh)
          .state().subject,
      ),
    ).toBe(true);
  });

  it('GEN-02 they come after the completion, and an update after it too', () => {
    const before = { now: at('2026-04-07T14:00:00Z'), occurredAt: at('2026-04-03T13:59:00Z') };
    assessment
      .given(...done)
      .when(hubCheck(), { ...hub, ...before })
      .refused('GEN-02', { field: 'occurredAt' });
    assessment
      .given(...done, hubAccepted)
      .when(update, before)
      .refused('GEN-02', { field: 'occurredAt' });
  });

  it('FD-07 they are for the hub alone', () => {
    const outcome = assessment.given(...done).when(hubCheck(), on('2026-04-07'));
    outcome.refused('FD-07');
    expect(outcome.decision()).toMatchObject({ reason: 'not-permitted' });
  });

  it.each([
    { safeguarding: 'concern', quality: 'passed' },
    { safeguarding: 'passed', quality: 'concern' },
  ] as const)('FD-07 it is not accepted on %j', (results) => {
    assessment
      .given(...done)
      .when(hubCheck(results), onTheSeventh)
      .refused('FD-07', { field: 'outcome' });
  });

  it('FD-07 it is returned with reasons, and not without', () => {
    const returned = hubCheck({ quality: 'concern', outcome: 'returned', reasons: 'The school is missing.' });
    assessment
      .given(...done)
      .when(returned, onTheSeventh)
      .then(checked('passed', 'concern'), EhaReturned({ ehaId, reasons: 'The school is missing.' }));
    assessment
      .given(...done)
      .when({ ...returned, reasons: ' ' }, onTheSeventh)
      .refused('FD-07', { field: 'reasons' });
    expect(
      accepted(
        assessment
          .given(...done)
          .when(returned, onTheSeventh)
          .state().subject,
      ),
    ).toBe(false);
  });

  it('FD-07 it is escalated to the MASH with reasons, FD-11 and the route is shown', () => {
    const escalated = hubCheck({ safeguarding: 'concern', outcome: 'escalated', reasons: 'A disclosure.' });
    assessment
      .given(...done)
      .when(escalated, onTheSeventh)
      .then(checked('concern'), EhaEscalated({ ehaId, reasons: 'A disclosure.' }), prompt('follow-safeguarding-procedure', ehaId));
    assessment
      .given(...done)
      .when({ ...escalated, reasons: null }, onTheSeventh)
      .refused('FD-07', { field: 'reasons' });
  });

  it('FD-07 what is not completed is not checked', () => {
    assessment
      .given(...written)
      .when(hubCheck(), onTheSeventh)
      .refused('wrong-state', { field: 'ehaId' });
    assessment
      .given(...done, hubAccepted)
      .when(hubCheck(), onTheSeventh)
      .refused('wrong-state', { field: 'ehaId' });
  });

  it('FD-07 once returned it is completed again, and EHA-10 the review runs from then', () => {
    const decision = assessment
      .given(...done, EhaReturned({ ehaId, reasons: 'The school is missing.' }))
      .when(finalise(), on('2026-04-10'))
      .decision();
    expect(decision).toMatchObject({
      outcome: 'accepted',
      events: [
        EhaCompleted(completion),
        deadlines.DeadlineCancelled({ deadlineId: reviewDue.data.deadlineId, rule: 'EHA-10', about: null }),
        { data: { rule: 'EHA-10', dueAt: at('2026-10-10T22:59:59.999Z') } },
      ],
    });
  });
});

describe('the review', () => {
  it('EHA-10 an update meets the review and sets the next', () => {
    const decision = assessment
      .given(...done, hubAccepted)
      .when(update, on('2026-10-02'))
      .decision();
    expect(decision).toMatchObject({
      outcome: 'accepted',
      events: [
        EhaUpdated(completion),
        deadlines.DeadlineMet({ deadlineId: reviewDue.data.deadlineId, rule: 'EHA-10', about: null, late: false }),
        { data: { rule: 'EHA-10', dueAt: at('2027-04-02T22:59:59.999Z') } },
      ],
    });
    const { subject } = assessment
      .given(...done, hubAccepted)
      .when(update, on('2026-10-02'))
      .state();
    expect(subject).toMatchObject({ status: 'accepted', completedAt: at('2026-10-02T14:00:00Z') });
  });

  it('FD-07 what the hub has not accepted is not updated', () => {
    assessment
      .given(...done)
      .when(update, on('2026-10-02'))
      .refused('FD-07', { field: 'ehaId' });
    assessment.given(started, due).when(update, on('2026-10-02')).refused('FD-07', { field: 'ehaId' });
  });

  it('EHA-09 an update is agreed in its own version', () => {
    const edit = content.VoiceRecorded({ personId: leila, words: 'Better now.' });
    assessment
      .given(...done, hubAccepted, edit)
      .when(update, on('2026-10-02'))
      .refused('EHA-09', { field: 'agreement' });
    assessment
      .given(...done, hubAccepted, edit, versionAgreed(writtenVersion + 1))
      .when(update, on('2026-10-02'))
      .including(EhaUpdated({ ...completion, version: writtenVersion + 1 }));
  });
});

describe('the end', () => {
  const close = { kind: 'CloseEha', caseId: aCase } as const;

  it('closing ends what was still due', () => {
    assessment
      .given(started, due)
      .when(close)
      .then(EhaClosed({ ehaId }), deadlines.DeadlineCancelled({ deadlineId: due.data.deadlineId, rule: 'EHA-08', about: null }));
    assessment
      .given(...done, hubAccepted)
      .when(close)
      .then(EhaClosed({ ehaId }), deadlines.DeadlineCancelled({ deadlineId: reviewDue.data.deadlineId, rule: 'EHA-10', about: null }));
  });

  it('closes once, whoever comes second', () => {
    assessment.given(started, EhaClosed({ ehaId })).when(close).nothing();
  });

  it('EHA-08 at three weeks the reminder comes, and at the end of the fourth the miss, once', () => {
    const remind = { kind: 'RemindOfDeadline', caseId: aCase, deadlineId: due.data.deadlineId } as const;
    const miss = { kind: 'MissDeadline', caseId: aCase, deadlineId: due.data.deadlineId } as const;
    const { remindAt: _remindAt, ...about } = due.data;
    const missed = { ...deadlines.DeadlineMissed(about), occurredAt: due.data.dueAt };
    assessment
      .given(started, due)
      .when(remind, { now: at('2026-03-31T08:00:00Z') })
      .then({ ...deadlines.DeadlineReminded(about), occurredAt: at('2026-03-30T22:59:59.999Z') });
    assessment
      .given(started, due)
      .when(miss, { now: at('2026-04-06T22:00:00Z') })
      .refused('wrong-state');
    assessment
      .given(started, due)
      .when(miss, { now: at('2026-04-07T08:00:00Z') })
      .then(missed);
    assessment
      .given(started, due, missed)
      .when(miss, { now: at('2026-04-07T08:00:00Z') })
      .nothing();
  });
});
