import { describe, expect, it } from '@jest/globals';
import { aCase, actor, idOf, specification } from '@waymark/testing';
import { agreedTo, agreed, danaOfTheSchool, peterborough } from '../assessment.fixture.js';
import type { ConsentEvidence } from '../common/parts.js';
import type { OpenAssessment } from './decide.js';
import { AssessmentClosed, AssessmentOpened } from './events.js';
import { family } from './family.js';

const theFamily = specification(agreedTo(family), peterborough);
const opened = (ehaId = idOf('eha')) => AssessmentOpened({ ehaId, leadProfessional: danaOfTheSchool, evidence: agreed });
const open = (overrides: Partial<OpenAssessment> = {}) =>
  ({ kind: 'OpenAssessment', caseId: aCase, ehaId: idOf('eha'), initiator: danaOfTheSchool, evidence: agreed, ...overrides }) as const;
const knowing = (overrides: Partial<ConsentEvidence>) => open({ evidence: { ...agreed, ...overrides } });

describe('opening an assessment', () => {
  it('CON-01 no assessment starts without recorded consent', () => {
    theFamily
      .given()
      .when(knowing({ takingPart: null, ledgerVersion: 0 }))
      .refused('CON-01', { field: 'evidence' });
  });

  it('CON-01 with consent it starts, and records on what', () => {
    theFamily.given().when(open()).then(opened());
  });

  it('CON-02 a consent after a notice that no longer counts is none', () => {
    const takingPart = agreed.takingPart && { ...agreed.takingPart, noticeVersion: 'v0' };
    theFamily.given().when(knowing({ takingPart })).refused('CON-02', { field: 'evidence' });
  });

  it("CON-06 none starts on a child's suspended consent", () => {
    theFamily
      .given()
      .when(knowing({ takingPart: null, suspended: true }))
      .refused('CON-06', { field: 'evidence' });
  });

  it.each(['practitioner', 'hub-coordinator', 'social-worker'] as const)('EHA-02 a %s of any partner agency can initiate one', (role) => {
    theFamily
      .given()
      .when(open(), { actor: actor('sam', role, 'fen-homes') })
      .then(opened());
  });

  it('EHA-02 a member of the public cannot', () => {
    const refusal = theFamily.given().when(open(), { actor: actor('anon', 'public', 'fenbank-primary') });
    refusal.refused('EHA-02');
    expect(refusal.decision()).toMatchObject({ reason: 'not-permitted' });
  });

  it('EHA-02 the initiator is Lead Professional until the first TAF', () => {
    expect(theFamily.given().when(open()).state()).toMatchObject({ leadProfessional: danaOfTheSchool });
  });

  it('EHA-03 a second one is refused with a pointer to the first', () => {
    theFamily
      .given(opened())
      .when(open({ ehaId: idOf('second') }))
      .refused('EHA-03', { see: { kind: 'assessment', id: idOf('eha') } });
  });

  it('EHA-03 once the first is closed another one opens, under an id of its own', () => {
    const closed = AssessmentClosed({ ehaId: idOf('eha'), reason: 'episode-closed' });
    theFamily
      .given(opened(), closed)
      .when(open({ ehaId: idOf('second') }))
      .then(opened(idOf('second')));
    theFamily.given(opened(), closed).when(open()).refused('wrong-state', { field: 'ehaId' });
  });
});

describe('closing an assessment', () => {
  const close = { kind: 'CloseAssessment', caseId: aCase, ehaId: idOf('eha'), reason: 'episode-closed' } as const;

  it('closes the one that is open', () => {
    theFamily
      .given(opened())
      .when(close)
      .then(AssessmentClosed({ ehaId: idOf('eha'), reason: 'episode-closed' }));
  });

  it('closes it once, whoever comes second', () => {
    theFamily
      .given(opened(), AssessmentClosed({ ehaId: idOf('eha'), reason: 'opened-in-error' }))
      .when(close)
      .nothing();
  });

  it('closes no other', () => {
    theFamily.given().when(close).refused('wrong-state', { field: 'ehaId' });
    theFamily
      .given(opened(idOf('other')))
      .when(close)
      .refused('wrong-state', { field: 'ehaId' });
  });
});
