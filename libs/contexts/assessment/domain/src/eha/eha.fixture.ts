import type { PersonId } from '@waymark/kernel';
import { aCase, actor, idOf, type Past } from '@waymark/testing';
import { agreed, amir, at, danaOfTheSchool, karim, leila, peterborough } from '../assessment.fixture.js';
import { deadlines } from '../common/deadlines.js';
import type { FinaliseEha, RecordHubCheck } from './commands.js';
import * as content from './content-events.js';
import * as life from './events.js';

export const hub = { actor: actor('hana', 'hub-coordinator', 'peterborough-council') };
export const on = (day: string) => ({ now: at(`${day}T14:00:00Z`) });

export const opened = at('2026-03-09T10:00:00Z');
export const ehaId = idOf('eha');
const dueId = { deadlineId: idOf('due') };
const reviewId = { deadlineId: idOf('review') };

export const started = life.EhaStarted({ ehaId, leadProfessional: danaOfTheSchool, openedAt: opened, consentGiver: leila });
export const due = deadlines.DeadlineSet({
  ...dueId,
  rule: 'EHA-08',
  about: null,
  dueAt: at('2026-04-06T22:59:59.999Z'),
  remindAt: at('2026-03-30T22:59:59.999Z'),
});
export const dueMet = (late = false) => deadlines.DeadlineMet({ ...dueId, rule: 'EHA-08', about: null, late });
export const reviewDue = deadlines.DeadlineSet({
  ...reviewId,
  rule: 'EHA-10',
  about: null,
  dueAt: at('2026-10-03T22:59:59.999Z'),
  remindAt: null,
});

export const child = content.ChildNamed({ childId: amir });
export const heard = content.LivedExperienceRecorded({ childId: amir, how: 'own-words', experience: 'I like it when Mum is up.' });
export const answers = Object.keys(peterborough.ehaConsiderations).map((consideration) =>
  content.ConsiderationAnswered({ consideration, answer: 'As the family sees it.' }),
);
export const need = content.NeedIdentified({ needId: idOf('need'), code: 'good-education', personId: amir, description: null });
export const needs = [{ needId: idOf('need'), code: 'good-education' }];
const father = content.FamilyMemberInvited({ personId: karim, part: 'father' });
const fathersVoice = content.VoiceRecorded({ personId: karim, words: 'I want to help.' });
const network = content.NetworkRecorded({
  supporterId: idOf<PersonId>('grandmother'),
  name: 'Nana',
  relationship: 'Grandmother',
  help: 'Takes him to school.',
});

/** All that a finished assessment needs; eight answers, and five other pieces of content: version 13. */
export const written: Past<never>[] = [started, due, child, heard, ...answers, need, father, fathersVoice, network] as never;
export const writtenVersion = 13;

export const versionAgreed = (version = writtenVersion) => life.VersionAgreed({ version, by: leila });
export const agree = (version = writtenVersion) => ({ kind: 'AgreeVersion', caseId: aCase, version, by: leila }) as const;

export const finalise = (overrides: Partial<FinaliseEha> = {}) =>
  ({ kind: 'FinaliseEha', caseId: aCase, copyGivenTo: [leila], evidence: agreed, ...overrides }) as const;
export const completion = { ehaId, version: writtenVersion, agreedBy: leila, copyGivenTo: [leila], needs, evidence: agreed };
export const completed = { ...life.EhaCompleted(completion), occurredAt: at('2026-04-03T14:00:00Z') };
export const done: Past<never>[] = [...written, versionAgreed(), completed, dueMet(), reviewDue] as never;

export const hubCheck = (overrides: Partial<RecordHubCheck> = {}) =>
  ({
    kind: 'RecordHubCheck',
    caseId: aCase,
    safeguarding: 'passed',
    quality: 'passed',
    note: null,
    outcome: 'accepted',
    reasons: null,
    ...overrides,
  }) as const;
export const hubAccepted = life.EhaAccepted({ ehaId, completedAt: at('2026-04-03T14:00:00Z'), needs });
