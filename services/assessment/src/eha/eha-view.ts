import { accepted, eha, type AssessmentDeadline, type Eha, type EhaEvent, type Professional } from '@waymark/assessment-domain';
import type { Deadlines } from '@waymark/deadlines';
import type { Recorded } from '@waymark/event-store';
import { fold, type Actor, type Fact, type Instant } from '@waymark/kernel';

/** What was written, by whom and when; all entries stand side by side, in the order in which they came. */
type Entry = Readonly<Record<string, unknown>> & { readonly by: Actor; readonly at: Instant };

/** Which events stand in which part of the assessment. */
const parts = {
  'assessment.ChildNamed.v1': 'children',
  'assessment.FamilyMemberInvited.v1': 'members',
  'assessment.SectionContributed.v1': 'sections',
  'assessment.ConsiderationAnswered.v1': 'considerations',
  'assessment.LivedExperienceRecorded.v1': 'livedExperience',
  'assessment.VoiceRecorded.v1': 'voices',
  'assessment.VoiceAbsent.v1': 'absences',
  'assessment.ViewRecorded.v1': 'views',
  'assessment.NeedIdentified.v1': 'needs',
  'assessment.FatherEffortRecorded.v1': 'fatherEfforts',
  'assessment.NetworkRecorded.v1': 'network',
  'assessment.VersionAgreed.v1': 'agreements',
  'assessment.EhaCompleted.v1': 'completions',
  'assessment.EhaUpdated.v1': 'updates',
  'assessment.HubChecksRecorded.v1': 'hubChecks',
  'assessment.EhaReturned.v1': 'returns',
  'assessment.EhaEscalated.v1': 'escalations',
  'assessment.SafetyConcernRaised.v1': 'safetyConcerns',
  'assessment.PromptRaised.v1': 'prompts',
} as const satisfies Partial<Record<EhaEvent['type'], string>>;
type Part = (typeof parts)[keyof typeof parts];

/** An assessment as those who work on it see it. Erased fields read `{ "erased": true }`. */
export type EhaView = Readonly<Record<Part, readonly Entry[]>> & {
  readonly id: string;
  readonly caseId: string | null;
  readonly version: number;
  readonly status: Eha['status'];
  /** FD-07: whether what needs a completed assessment may go ahead. */
  readonly accepted: boolean;
  /** The version that the family agrees to (EHA-09). */
  readonly contentVersion: number;
  readonly leadProfessional: Professional | null;
  readonly openedAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly deadlines: Deadlines;
};

export const ehaView = (id: string, events: readonly Recorded[]): EhaView | undefined => {
  const last = events.at(-1);
  if (!last) return undefined;
  const { subject, deadlines } = fold(eha, events as unknown as readonly Fact<EhaEvent | AssessmentDeadline>[]);
  return {
    id,
    caseId: last.caseId,
    version: last.version,
    ...standing(subject),
    ...written(events),
    deadlines,
  };
};

type Standing = Pick<EhaView, 'status' | 'accepted' | 'contentVersion' | 'leadProfessional' | 'openedAt' | 'completedAt'>;

const standing = (subject: Eha): Standing => {
  const { status } = subject;
  if (status === 'not-started')
    return { status, accepted: false, contentVersion: 0, leadProfessional: null, openedAt: null, completedAt: null };
  const { content, leadProfessional, openedAt } = subject;
  const completedAt = 'completedAt' in subject ? subject.completedAt : null;
  return { status, accepted: accepted(subject), contentVersion: content.version, leadProfessional, openedAt, completedAt };
};

const written = (events: readonly Recorded[]): Record<Part, readonly Entry[]> => {
  const view = Object.fromEntries(Object.values(parts).map((part) => [part, [] as Entry[]])) as Record<Part, Entry[]>;
  for (const { type, data, actor, occurredAt } of events)
    if (Object.hasOwn(parts, type)) view[parts[type as keyof typeof parts]].push({ ...(data as object), by: actor, at: occurredAt });
  return view;
};
