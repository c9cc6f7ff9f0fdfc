import { describe, expect, it } from '@jest/globals';
import { specification } from '@waymark/testing';
import { agreedTo, agreed, at, karim, leila, maya, peterborough } from '../assessment.fixture.js';
import { deadlines } from '../common/deadlines.js';
import { prompt } from '../common/prompts.js';
import * as content from './content-events.js';
import { eha } from './eha.js';
import {
  agree,
  answers,
  child,
  completed,
  completion,
  due,
  dueMet,
  ehaId,
  finalise,
  heard,
  need,
  on,
  started,
  versionAgreed,
  written,
  writtenVersion,
} from './eha.fixture.js';
import { EhaCompleted, VersionAgreed } from './events.js';

const assessment = specification(agreedTo(eha), peterborough);
const on3April = on('2026-04-03');
const edit = content.VoiceRecorded({ personId: leila, words: 'I slept.' });
const without = (type: string) => written.filter((event) => (event as { type: string }).type !== type);

describe('a late entry', () => {
  it('GEN-02 does not complete an assessment before it was opened', () => {
    assessment
      .given(...written, versionAgreed())
      .when(finalise(), { now: at('2026-04-03T14:00:00Z'), occurredAt: at('2026-03-09T09:59:00Z') })
      .refused('GEN-02', { field: 'occurredAt' });
  });
});

describe('agreeing', () => {
  it('EHA-09 the family agrees the version that stands', () => {
    assessment
      .given(...written)
      .when(agree())
      .then(VersionAgreed({ version: writtenVersion, by: leila }));
  });

  it('EHA-09 it agrees no other version: not an earlier one, not one to come, not an empty one', () => {
    assessment
      .given(...written)
      .when(agree(writtenVersion - 1))
      .refused('EHA-09', { field: 'version' });
    assessment
      .given(...written)
      .when(agree(writtenVersion + 1))
      .refused('EHA-09', { field: 'version' });
    assessment.given(started).when(agree(0)).refused('EHA-09', { field: 'version' });
  });

  it('EHA-09 it is somebody of the family who agrees', () => {
    assessment
      .given(...written)
      .when({ ...agree(), by: maya })
      .refused('unknown', { field: 'by' });
    assessment
      .given(...written)
      .when({ ...agree(), by: karim })
      .then(VersionAgreed({ version: writtenVersion, by: karim }));
  });
});

describe('finalising', () => {
  it('EHA-08 completed in time, on the agreed version: the deadline is met and EHA-10 the review is due in six months', () => {
    const decision = assessment
      .given(...written, versionAgreed())
      .when(finalise(), on3April)
      .decision();
    expect(decision).toMatchObject({
      outcome: 'accepted',
      events: [EhaCompleted(completion), dueMet(), { data: { rule: 'EHA-10', dueAt: at('2026-10-03T22:59:59.999Z') } }],
    });
  });

  it('EHA-08 on the last minute of 6 April it is in time, a minute later it is not, and nothing is refused', () => {
    const finalised = (now: string) => assessment.given(...written, versionAgreed()).when(finalise(), { now: at(now) });
    finalised('2026-04-06T22:59:00Z').including(EhaCompleted(completion), dueMet());
    finalised('2026-04-06T23:00:00Z').including(
      EhaCompleted(completion),
      { ...deadlines.DeadlineMissed({ ...missedOf() }), occurredAt: at('2026-04-06T22:59:59.999Z') },
      dueMet(true),
    );
  });

  it('EHA-09 not before the family agreed', () => {
    assessment
      .given(...written)
      .when(finalise(), on3April)
      .refused('EHA-09', { field: 'agreement' });
  });

  it('EHA-09 not on an agreement that a later edit overtook, and on the new one again', () => {
    assessment
      .given(...written, versionAgreed(), edit)
      .when(finalise(), on3April)
      .refused('EHA-09', { field: 'agreement' });
    assessment
      .given(...written, versionAgreed(), edit, versionAgreed(writtenVersion + 1))
      .when(finalise(), on3April)
      .including(EhaCompleted({ ...completion, version: writtenVersion + 1 }));
  });

  it('EHA-09 inviting somebody changes nothing that was agreed', () => {
    const invited = content.FamilyMemberInvited({ personId: leila, part: 'mother' });
    assessment
      .given(...written, versionAgreed(), invited)
      .when(finalise(), on3April)
      .including(EhaCompleted(completion));
  });

  it('EHA-09 the family receives a copy', () => {
    assessment
      .given(...written, versionAgreed())
      .when(finalise({ copyGivenTo: [] }), on3April)
      .refused('EHA-09', { field: 'copyGivenTo' });
  });

  it('EHA-05 not with a consideration missing, which is named', () => {
    const seven = [started, child, heard, ...answers.slice(1), versionAgreed(9)];
    const outcome = assessment.given(...seven).when(finalise(), on3April);
    outcome.refused('EHA-05', { field: 'considerations' });
    expect(outcome.decision()).toMatchObject({ message: 'Still to be considered: The needs of all family members.' });
  });

  it('EHA-06 not without the lived experience of each child', () => {
    const second = content.ChildNamed({ childId: maya });
    assessment
      .given(started, ...answers, versionAgreed(8))
      .when(finalise(), on3April)
      .refused('EHA-06', { field: 'children' });
    assessment
      .given(...without('assessment.LivedExperienceRecorded.v1'), versionAgreed(12))
      .when(finalise(), on3April)
      .refused('EHA-06', { field: 'livedExperience' });
    assessment
      .given(...written, second, versionAgreed(14))
      .when(finalise(), on3April)
      .refused('EHA-06', { field: 'livedExperience' });
    const observed = content.LivedExperienceRecorded({ childId: maya, how: 'observation', experience: 'She hides.' });
    assessment
      .given(...written, second, observed, versionAgreed(15))
      .when(finalise(), on3April)
      .including(EhaCompleted({ ...completion, version: 15 }));
  });

  it('CON-09 not while no effort to reach the other parent is recorded', () => {
    const knowing = (efforts: number, consented = false) => ({ ...agreed, otherParents: [{ personId: karim, efforts, consented }] });
    const ready = assessment.given(...written, versionAgreed());
    ready.when(finalise({ evidence: knowing(0) }), on3April).refused('CON-09', { field: 'evidence.otherParents' });
    ready.when(finalise({ evidence: knowing(1) }), on3April).including(EhaCompleted({ ...completion, evidence: knowing(1) }));
    ready.when(finalise({ evidence: knowing(0, true) }), on3April).including(EhaCompleted({ ...completion, evidence: knowing(0, true) }));
  });

  it("CON-06 not on a child's suspended consent", () => {
    assessment
      .given(...written, versionAgreed())
      .when(finalise({ evidence: { ...agreed, takingPart: null, suspended: true } }), on3April)
      .refused('CON-06', { field: 'evidence' });
  });

  it('CON-01 not once the family has withdrawn', () => {
    assessment
      .given(...written, versionAgreed())
      .when(finalise({ evidence: { ...agreed, takingPart: null } }), on3April)
      .refused('CON-01', { field: 'evidence' });
  });

  it('EHA-04 EHA-11 EHA-12 what the soft rules miss is prompted for, and holds nothing up', () => {
    const bare = [started, due, child, heard, ...answers, need, content.FamilyMemberInvited({ personId: leila, part: 'mother' })];
    assessment
      .given(...bare, versionAgreed(11))
      .when(finalise(), on3April)
      .including(prompt('record-voices', ehaId), prompt('include-fathers', ehaId), prompt('record-network', ehaId));
    const effort = content.FatherEffortRecorded({ effort: 'Two letters.' });
    const { events } = accepted(
      assessment
        .given(...bare, effort, versionAgreed(11))
        .when(finalise(), on3April)
        .decision(),
    );
    expect(events).not.toContainEqual(prompt('include-fathers', ehaId));
  });

  it('is done once', () => {
    assessment
      .given(...written, versionAgreed(), completed)
      .when(finalise(), on3April)
      .refused('wrong-state', { field: 'ehaId' });
  });
});

function missedOf() {
  const { deadlineId, rule, about, dueAt } = due.data;
  return { deadlineId, rule, about, dueAt };
}

function accepted<D extends { readonly outcome: string }>(decision: D) {
  if (decision.outcome !== 'accepted') throw new Error('refused');
  return decision as Extract<D, { readonly outcome: 'accepted' }>;
}
