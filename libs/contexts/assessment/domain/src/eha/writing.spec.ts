import { describe, expect, it } from '@jest/globals';
import type { PersonId } from '@waymark/kernel';
import { aCase, actor, idOf, specification } from '@waymark/testing';
import { agreedTo, amir, danaOfTheSchool, heldByLeila, karim, leila, at, peterborough } from '../assessment.fixture.js';
import { prompt, SafetyConcernRaised } from '../common/prompts.js';
import * as content from './content-events.js';
import { eha } from './eha.js';
import { child, due, ehaId, opened, started } from './eha.fixture.js';
import { EhaClosed, EhaStarted } from './events.js';
import type { Eha } from './state.js';

const assessment = specification(agreedTo(eha), peterborough);
const caseId = aCase;
const start = { kind: 'StartEha', caseId, ehaId, leadProfessional: danaOfTheSchool, openedAt: opened, consentGiver: leila } as const;
const contentOf = (state: { readonly subject: Eha }) => {
  if (state.subject.status === 'not-started') throw new Error('not started');
  return state.subject.content;
};

describe('starting', () => {
  it('EHA-08 opened on 9 March, it is due at the end of 6 April, with a prompt at three weeks', () => {
    const decision = assessment
      .given()
      .when(start, { now: at('2026-03-11T08:00:00Z') })
      .decision();
    expect(decision).toMatchObject({
      outcome: 'accepted',
      events: [EhaStarted(started.data), { data: { ...due.data, deadlineId: expect.any(String) } }],
    });
  });

  it('started twice, it is started once', () => {
    assessment.given(started, due).when(start).nothing();
  });

  it('an assessment that was not started takes nothing in', () => {
    assessment.given().when({ kind: 'NameChild', caseId, childId: amir }).refused('unknown', { field: 'ehaId' });
  });
});

describe('writing', () => {
  const section = { sectionId: idOf('section'), heading: 'health', text: 'He sleeps badly.', corrects: null } as const;
  const contribute = { kind: 'ContributeSection', caseId, ...section } as const;

  it('EHA-02 sections of other agencies are attributed to who contributed them', () => {
    const visitor = actor('hetty', 'practitioner', 'healthy-child-programme');
    assessment.given(started).when(contribute, { actor: visitor }).then(content.SectionContributed(section));
    const { sections } = contentOf(assessment.given(started).when(contribute, { actor: visitor }).state());
    expect(sections).toEqual([{ sectionId: idOf('section'), heading: 'health', by: visitor, corrects: null }]);
  });

  it('GEN-03 a section is corrected by a further one that names it', () => {
    const correction = { ...contribute, sectionId: idOf('further'), corrects: idOf('section') };
    const state = assessment.given(started, content.SectionContributed(section)).when(correction).state();
    expect(contentOf(state).sections.map(({ sectionId, corrects }) => [sectionId, corrects])).toEqual([
      [idOf('section'), null],
      [idOf('further'), idOf('section')],
    ]);
    assessment.given(started).when(correction).refused('unknown', { field: 'corrects' });
    assessment.given(started, content.SectionContributed(section)).when(contribute).refused('wrong-state', { field: 'sectionId' });
  });

  describe('GEN-03 a correction of a section', () => {
    const visitor = actor('hetty', 'practitioner', 'healthy-child-programme');
    const contributed = { ...content.SectionContributed(section), actor: visitor };
    const correction = { ...contribute, sectionId: idOf('further'), text: 'He sleeps well.', corrects: idOf('section') };
    const { kind: _kind, caseId: _case, ...further } = correction;
    const corrected = content.SectionContributed(further);

    it('is by its author or a manager of theirs, and by nobody else', () => {
      for (const by of [visitor, actor('mina', 'manager', 'healthy-child-programme')])
        assessment.given(started, contributed).when(correction, { actor: by }).then(corrected);
      for (const by of [
        actor('dana', 'practitioner', 'fenbank-primary'),
        actor('hana', 'manager', 'fenbank-primary'),
        actor('hugo', 'practitioner', 'healthy-child-programme'),
        actor('hetty', 'practitioner', 'fenbank-primary'),
      ])
        assessment.given(started, contributed).when(correction, { actor: by }).refused('GEN-03', { field: 'corrects' });
    });

    it('is under the heading of the section', () => {
      assessment
        .given(started, contributed)
        .when({ ...correction, heading: 'safety' }, { actor: visitor })
        .refused('GEN-03', { field: 'heading' });
    });

    it('is by its author after a manager corrected it too, however often, and by nobody else of the organisation', () => {
      const manager = actor('mina', 'manager', 'healthy-child-programme');
      const another = content.SectionContributed({ ...further, sectionId: idOf('another'), corrects: idOf('further') });
      const history = [started, contributed, { ...corrected, actor: manager }, { ...another, actor: manager }] as const;
      const ofTheLatest = { ...correction, sectionId: idOf('again'), corrects: idOf('another') };
      for (const by of [visitor, manager])
        assessment
          .given(...history)
          .when(ofTheLatest, { actor: by })
          .then(content.SectionContributed({ ...further, sectionId: idOf('again'), corrects: idOf('another') }));
      for (const by of [actor('hugo', 'practitioner', 'healthy-child-programme'), actor('hetty', 'practitioner', 'fenbank-primary')])
        assessment
          .given(...history)
          .when(ofTheLatest, { actor: by })
          .refused('GEN-03', { field: 'corrects' });
    });

    it('is of the latest of its chain, by whoever wrote that', () => {
      const again = { ...correction, sectionId: idOf('again') };
      const history = [started, contributed, { ...corrected, actor: visitor }] as const;
      assessment
        .given(...history)
        .when(again, { actor: visitor })
        .refused('wrong-state', { field: 'corrects', see: { kind: 'section', id: idOf('further') } });
      const ofTheLatest = { ...again, corrects: idOf('further') };
      assessment
        .given(...history)
        .when(ofTheLatest, { actor: visitor })
        .then(content.SectionContributed({ ...further, sectionId: idOf('again'), corrects: idOf('further') }));
      assessment
        .given(...history)
        .when(ofTheLatest)
        .refused('GEN-03', { field: 'corrects' });
    });

    it('CON-17 waits for no consent, while a section of its own does, whatever it says that it corrects', () => {
      const withdrawnAt = at('2026-03-08T10:00:00Z');
      const reach = heldByLeila.reach.map((one) => ({ ...one, until: withdrawnAt, endedBy: 'withdrawal' as const }));
      const withdrawn = {
        consent: { ledger: { consents: [{ ...heldByLeila, changedAt: withdrawnAt, reach }], decisions: [] }, seen: '2' },
      };
      const { given } = assessment;
      given(started, contributed)
        .when({ ...correction, ...withdrawn }, { actor: visitor })
        .then(corrected);
      for (const occurredAt of [at('2026-03-07T10:00:00Z'), at('2026-03-09T10:00:00Z')])
        given(started, contributed)
          .when({ ...correction, ...withdrawn, corrects: null }, { actor: visitor, occurredAt })
          .refused('CON-17');
      given(started, contributed)
        .when({ ...correction, ...withdrawn, corrects: idOf('no section') }, { actor: visitor })
        .refused('unknown', { field: 'corrects' });
      given(started, contributed)
        .when({ ...correction, ...withdrawn })
        .refused('GEN-03');
    });
  });

  it('EHA-04 children are named and members invited, each once', () => {
    const invite = { kind: 'InviteFamilyMember', caseId, personId: karim, part: 'father' } as const;
    const invited = content.FamilyMemberInvited({ personId: karim, part: 'father' });
    assessment.given(started).when({ kind: 'NameChild', caseId, childId: amir }).then(child);
    assessment.given(started, child).when({ kind: 'NameChild', caseId, childId: amir }).refused('wrong-state', { field: 'childId' });
    assessment.given(started).when(invite).then(invited);
    assessment.given(started, invited).when(invite).refused('wrong-state', { field: 'personId' });
  });

  it("EHA-04 a member's voice is recorded, or the reason for its absence", () => {
    const voice = { personId: karim, words: 'I want to help.' };
    const absence = { personId: karim, reason: 'He works away until May.' };
    assessment
      .given(started)
      .when({ kind: 'RecordVoice', caseId, ...voice })
      .then(content.VoiceRecorded(voice));
    assessment
      .given(started)
      .when({ kind: 'RecordAbsence', caseId, ...absence })
      .then(content.VoiceAbsent(absence));
  });

  it('EHA-05 a consideration is one of the eight', () => {
    const answer = { kind: 'AnswerConsideration', caseId, answer: 'She rests more.' } as const;
    assessment
      .given(started)
      .when({ ...answer, consideration: 'the-weather' })
      .refused('unknown', { field: 'consideration' });
    assessment
      .given(started)
      .when({ ...answer, consideration: 'differing-views' })
      .then(content.ConsiderationAnswered({ consideration: 'differing-views', answer: 'She rests more.' }));
  });

  it.each(['own-words', 'observation'] as const)("EHA-06 a named child's lived experience is recorded: %s", (how) => {
    const experience = { childId: amir, how, experience: 'He smiles at his sister.' };
    assessment
      .given(started, child)
      .when({ kind: 'RecordLivedExperience', caseId, ...experience })
      .then(content.LivedExperienceRecorded(experience));
    assessment
      .given(started)
      .when({ kind: 'RecordLivedExperience', caseId, ...experience })
      .refused('unknown', { field: 'childId' });
  });

  it('EHA-07 two differing views stand side by side, attributed', () => {
    const view = (viewId: string, personId: PersonId, words: string) => ({ viewId: idOf(viewId), personId, view: words, evidence: null });
    const mothers = content.ViewRecorded(view('hers', leila, 'He is frightened.'));
    const fathers = { kind: 'RecordView', caseId, ...view('his', karim, 'He is only tired.') } as const;
    assessment
      .given(started, mothers)
      .when(fathers)
      .then(content.ViewRecorded(view('his', karim, 'He is only tired.')));
    expect(contentOf(assessment.given(started, mothers).when(fathers).state()).views).toEqual([
      { viewId: idOf('hers'), personId: leila },
      { viewId: idOf('his'), personId: karim },
    ]);
  });

  it('EHA-07 no view takes the place of another', () => {
    const mothers = content.ViewRecorded({ viewId: idOf('hers'), personId: leila, view: 'He is frightened.', evidence: null });
    assessment
      .given(started, mothers)
      .when({ kind: 'RecordView', caseId, viewId: idOf('hers'), personId: leila, view: 'He is fine.', evidence: null })
      .refused('wrong-state', { field: 'viewId' });
  });

  it('SF-02 a need is a heading of the outcomes framework', () => {
    const need = { needId: idOf('need'), code: 'good-education', personId: amir, description: null };
    const identify = { kind: 'IdentifyNeed', caseId, ...need } as const;
    assessment.given(started).when(identify).then(content.NeedIdentified(need));
    assessment
      .given(started)
      .when({ ...identify, code: 'more-money' })
      .refused('unknown', { field: 'code' });
    assessment.given(started, content.NeedIdentified(need)).when(identify).refused('wrong-state', { field: 'needId' });
  });

  it('EHA-11 efforts to include fathers are recorded, EHA-12 and so is the network', () => {
    const supporter = { supporterId: idOf<PersonId>('nana'), name: 'Nana', relationship: 'Grandmother', help: 'Takes him to school.' };
    assessment
      .given(started)
      .when({ kind: 'RecordFatherEffort', caseId, effort: 'Two letters.' })
      .then(content.FatherEffortRecorded({ effort: 'Two letters.' }));
    assessment
      .given(started)
      .when({ kind: 'RecordNetwork', caseId, ...supporter })
      .then(content.NetworkRecorded(supporter));
  });
});

describe('a safeguarding concern', () => {
  const concern = { concernId: idOf('concern'), personId: amir, concern: 'A bruise.' };
  const raise = { kind: 'RaiseSafetyConcern', caseId, ...concern } as const;
  const answered = [SafetyConcernRaised(concern), prompt('follow-safeguarding-procedure', idOf('concern'))];

  it('FD-11 is answered with the route at once, however unfinished the form', () => {
    assessment
      .given(started)
      .when(raise)
      .then(...answered);
  });

  it('FD-11 is answered even when the assessment is closed, which takes nothing else in', () => {
    const closed = EhaClosed({ ehaId });
    assessment
      .given(started, closed)
      .when(raise)
      .then(...answered);
    assessment.given(started, closed).when({ kind: 'NameChild', caseId, childId: amir }).refused('wrong-state', { field: 'ehaId' });
  });
});
