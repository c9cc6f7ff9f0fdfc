import { describe, expect, it } from '@jest/globals';
import type { WorkflowInput } from '@waymark/kernel';
import { aCase, dana, idOf } from '@waymark/testing';
import { agreed, at, danaOfTheSchool, leila } from '../assessment.fixture.js';
import { AssessmentClosed, AssessmentOpened, type FamilyEvent } from '../family/events.js';
import { assessmentLife } from './assessment-life.js';
import { episodeClosing, type EpisodeMessage } from './episode-closing.js';

const ehaId = idOf('eha');
const opened = at('2026-03-09T10:00:00Z');
const around = { id: idOf('message'), caseId: aCase, occurredAt: opened, actor: dana };
const input = (event: FamilyEvent): WorkflowInput<FamilyEvent> => ({ ...event, ...around });

describe('the life of an assessment', () => {
  it('EHA-08 what was opened is started, and its four weeks run from the opening', () => {
    const event = input(AssessmentOpened({ ehaId, leadProfessional: danaOfTheSchool, evidence: agreed }));
    expect(assessmentLife.instance(event)).toBe(ehaId);
    const command = { kind: 'StartEha', caseId: aCase, ehaId, leadProfessional: danaOfTheSchool, openedAt: opened, consentGiver: leila };
    expect(assessmentLife.react({}, event).issues).toEqual([{ aggregate: 'assessment.eha', id: ehaId, command, continuesCommand: true }]);
  });

  it('what was closed is ended', () => {
    const event = input(AssessmentClosed({ ehaId, reason: 'episode-closed' }));
    const command = { kind: 'CloseEha', caseId: aCase };
    expect(assessmentLife.react({}, event).issues).toEqual([{ aggregate: 'assessment.eha', id: ehaId, command, continuesCommand: true }]);
  });
});

describe("an episode's end", () => {
  const data = { caseId: aCase, episodeId: idOf('episode') };
  const message = (event: EpisodeMessage): WorkflowInput<EpisodeMessage> => ({ ...event, ...around });
  const began = message({ type: 'earlyhelp.planning.episode-opened.v1', data: { ...data, ehaId } });
  const ended = message({ type: 'earlyhelp.planning.episode-closed.v1', data });

  it("closes the family's assessment that it began with", () => {
    expect(episodeClosing.instance(began)).toBe(episodeClosing.instance(ended));
    const { state, issues } = episodeClosing.react(episodeClosing.initial, began);
    expect(issues).toEqual([]);
    const command = { kind: 'CloseAssessment', caseId: aCase, ehaId, reason: 'episode-closed' };
    expect(episodeClosing.react(state, ended).issues).toEqual([{ aggregate: 'assessment.family', id: aCase, command }]);
  });

  it('closes none where it never knew of one', () => {
    expect(episodeClosing.react(episodeClosing.initial, ended).issues).toEqual([]);
  });
});
