import type { Fact } from '@waymark/kernel';
import type { AssessmentDeadline } from '../common/deadlines.js';
import type { PromptRaised, SafetyConcernRaised } from '../common/prompts.js';
import type { ContentEvent } from './content-events.js';
import type { LifeEvent } from './events.js';
import { noContent, type Closed, type Completed, type Content, type Draft, type Eha } from './state.js';

export type EhaEvent = ContentEvent | LifeEvent | PromptRaised | SafetyConcernRaised;

type Of<T extends EhaEvent['type']> = Fact<Extract<EhaEvent, { type: T }>>;
type Started = Draft | Completed | Closed;

/** What each event adds to the content. */
const additions: { readonly [T in ContentEvent['type']]: (content: Content, fact: Of<T>) => Partial<Content> } = {
  'assessment.ChildNamed.v1': ({ children }, { data }) => ({ children: [...children, data.childId] }),
  'assessment.FamilyMemberInvited.v1': ({ members }, { data: { personId, part } }) => ({ members: [...members, { personId, part }] }),
  'assessment.SectionContributed.v1': ({ sections }, { data: { sectionId, heading, corrects }, actor }) => ({
    sections: [...sections, { sectionId, heading, by: actor, corrects }],
  }),
  'assessment.ConsiderationAnswered.v1': ({ considerations }, { data }) => ({ considerations: [...considerations, data.consideration] }),
  'assessment.LivedExperienceRecorded.v1': ({ livedExperience }, { data }) => ({ livedExperience: [...livedExperience, data.childId] }),
  'assessment.VoiceRecorded.v1': ({ voices }, { data }) => ({ voices: [...voices, data.personId] }),
  'assessment.VoiceAbsent.v1': ({ voices }, { data }) => ({ voices: [...voices, data.personId] }),
  'assessment.ViewRecorded.v1': ({ views }, { data: { viewId, personId } }) => ({ views: [...views, { viewId, personId }] }),
  'assessment.NeedIdentified.v1': ({ needs }, { data: { needId, code, personId } }) => ({ needs: [...needs, { needId, code, personId }] }),
  'assessment.FatherEffortRecorded.v1': ({ fatherEfforts }) => ({ fatherEfforts: fatherEfforts + 1 }),
  'assessment.NetworkRecorded.v1': ({ network }) => ({ network: network + 1 }),
};

/** Who was asked and what was tried is no text that the family agrees to; all else is. */
const beside: readonly string[] = ['assessment.FamilyMemberInvited.v1', 'assessment.FatherEffortRecorded.v1'];

const isContent = (event: Fact<EhaEvent>): event is Fact<ContentEvent> => Object.hasOwn(additions, event.type);

const write = (content: Content, event: Fact<ContentEvent>): Content => ({
  ...content,
  ...(additions[event.type] as (content: Content, fact: Fact<ContentEvent>) => Partial<Content>)(content, event),
  version: beside.includes(event.type) ? content.version : content.version + 1,
});

const start = ({ data: { ehaId, leadProfessional, openedAt, consentGiver } }: Of<'assessment.EhaStarted.v1'>): Draft => ({
  status: 'open',
  ehaId,
  leadProfessional,
  openedAt,
  consentGiver,
  content: noContent,
  agreement: null,
});

const live = (eha: Started, event: Fact<LifeEvent>): Eha => {
  const { content, agreement, ehaId, leadProfessional, openedAt, consentGiver } = eha;
  const begun = { content, agreement, ehaId, leadProfessional, openedAt, consentGiver };
  switch (event.type) {
    case 'assessment.VersionAgreed.v1':
      return { ...eha, agreement: { version: event.data.version, by: event.data.by } };
    case 'assessment.EhaCompleted.v1':
      return { ...begun, status: 'completed', completedAt: event.occurredAt, completedVersion: event.data.version };
    case 'assessment.EhaUpdated.v1':
      return { ...begun, status: 'accepted', completedAt: event.occurredAt, completedVersion: event.data.version };
    case 'assessment.EhaAccepted.v1':
      return 'completedAt' in eha ? { ...eha, status: 'accepted' } : eha;
    case 'assessment.EhaEscalated.v1':
      return 'completedAt' in eha ? { ...eha, status: 'escalated' } : eha;
    case 'assessment.EhaReturned.v1':
      return { ...begun, status: 'returned' };
    case 'assessment.EhaClosed.v1':
      return { ...begun, status: 'closed' };
    default:
      return eha;
  }
};

/** Deadlines are folded elsewhere; prompts and concerns change nothing here. */
export const evolve = (eha: Eha, event: Fact<EhaEvent | AssessmentDeadline>): Eha => {
  if (event.type === 'assessment.EhaStarted.v1') return start(event);
  if (eha.status === 'not-started') return eha;
  return isContent(event as Fact<EhaEvent>)
    ? { ...eha, content: write(eha.content, event as Fact<ContentEvent>) }
    : live(eha, event as Fact<LifeEvent>);
};
