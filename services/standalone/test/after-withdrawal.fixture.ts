import * as assessment from '@waymark/assessment-domain';
import { takingPart } from '@waymark/consent';
import { day, instant, type Actor, type OrganisationId, type PersonId } from '@waymark/kernel';
import { episodeEvents, notesEvents, planEvents, planningDeadlines, tafEvents } from '@waymark/planning-domain';
import { packFor } from '@waymark/policy';
import * as support from '@waymark/targeted-support-domain';
import { aCase, actor, dana, idOf } from '@waymark/testing';

/** What happened in the aggregate, and what is asked of it after the family withdrew. */
export interface Taken {
  readonly given: readonly unknown[];
  readonly when: object;
  readonly by?: Actor;
}

export const now = instant('2026-05-12T10:00:00Z');
export const pack = packFor('peterborough', now);
const at = instant('2026-04-07T10:00:00Z');
const [amir, leila, maya] = ['amir', 'leila', 'maya'].map((name) => idOf<PersonId>(name)) as [PersonId, PersonId, PersonId];
const lead = { user: dana.user, organisation: dana.organisation };
const nurse = actor('noor', 'practitioner', 'city-health');
const health = { user: nurse.user, organisation: nurse.organisation };
const agencies = [dana.organisation, nurse.organisation];
const council = 'peterborough-council';
const [ehaId, episodeId, concernId, requestId] = [idOf('eha'), idOf('episode'), idOf('concern'), idOf('request')];
const concern = { kind: 'RaiseSafetyConcern', concernId, personId: amir, concern: 'A bruise.' };

const notice = { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true } as const;
const parent = { personId: leila, capacity: 'parental-responsibility', dateOfBirth: null } as const;
const terms = { giver: parent, covers: [amir], agencies, notice, method: 'in-person', until: null } as const;
const givenAs = (name: string, purpose: string) => ({
  ...assessment.ConsentGiven({ ...terms, consentId: idOf(name), covers: [amir], agencies: [...agencies], purpose, restsOn: null }),
  occurredAt: instant('2026-03-09T10:00:00Z'),
});
const withdrawn = {
  ...assessment.ConsentWithdrawn({ consentId: idOf('consent'), purpose: takingPart, by: leila, agencies: null, reason: null }),
  occurredAt: instant('2026-05-11T10:00:00Z'),
};
const ledger = [givenAs('consent', takingPart), givenAs('other', 'targeted-support-request'), withdrawn];
const refusal = { refusalId: idOf('refusal'), giver: parent, purpose: takingPart, reasons: null, reassurance: null, alternatives: null };
const decision = { decisionId: idOf('decision'), what: 'Injuries.', why: 'Harm is likely.', about: [amir], agencies };
const decided = { ...decision, basis: 'safeguarding-children', viewsSought: 'Leila objects.' };
const factors = Object.keys(pack.gillickFactors).map((factor) => ({ factor, met: true, reasoning: 'As discussed.' }));

const consentLedger: Readonly<Record<string, Taken>> = {
  GiveConsent: { given: ledger, when: { ...terms, consentId: idOf('anew'), purpose: takingPart } },
  RefuseConsent: { given: ledger, when: { ...refusal, askAgainOn: day('2026-06-01') } },
  WithdrawConsent: { given: ledger, when: { consentId: idOf('other'), by: leila, agencies: null, reason: null } },
  RenewConsent: { given: ledger, when: { consentId: idOf('other'), by: leila, agencies, notice, method: 'phone', until: null } },
  JudgeCompetence: {
    given: ledger,
    when: { competenceId: idOf('judgement'), childId: maya, factors, outcome: 'competent', judgedBy: lead },
  },
  RecordParentInvolvement: { given: ledger, when: { childId: maya, parentInvolved: true, reasons: null, helpOffered: null } },
  RecordOtherParent: { given: ledger, when: { personId: idOf('karim') } },
  RecordEffortToReach: {
    given: [...ledger, assessment.OtherParentRecorded({ personId: idOf('karim') })],
    when: { personId: idOf('karim'), method: 'phone', outcome: 'He will think about it.' },
  },
  JudgeRiskOnRefusal: {
    given: [...ledger, assessment.ConsentRefused({ ...refusal, askAgainOn: null })],
    when: { refusalId: idOf('refusal'), significantHarmLikely: true, rationale: 'Three injuries.' },
  },
  DecideSharing: { given: ledger, when: decided },
  DecideNotToShare: { given: ledger, when: decided },
  RecordLawfulBasis: {
    given: ledger,
    when: {
      ...{ lawfulBasisId: idOf('basis'), processing: 'early-help', article6: 'public-task', article9: 'health-or-social-care' },
      rationale: 'The notice of the council.',
    },
  },
  RaiseSafetyConcern: { given: ledger, when: concern },
};

const known = { consentId: idOf('consent'), giver: leila, from: at, noticeVersion: 'v3' };
const evidence = { ledgerVersion: 1, takingPart: known, suspended: false, otherParents: [] };
const started = assessment.EhaStarted({ ehaId, leadProfessional: lead, openedAt: at, consentGiver: leila });
const section = assessment.SectionContributed({ sectionId: idOf('section'), heading: 'health', text: 'He sleeps badly.', corrects: null });

const eha: Readonly<Record<string, Taken>> = {
  StartEha: { given: [], when: { ehaId, leadProfessional: lead, openedAt: at, consentGiver: leila } },
  CloseEha: { given: [started], when: {} },
  RaiseSafetyConcern: { given: [started], when: concern },
  'ContributeSection, as a correction': {
    given: [started, section],
    when: { kind: 'ContributeSection', ...section.data, sectionId: idOf('further'), corrects: idOf('section') },
  },
  'RecordHubCheck, escalated to the MASH': {
    given: [started, assessment.EhaCompleted({ ehaId, version: 0, agreedBy: leila, copyGivenTo: [leila], needs: [], evidence })],
    when: {
      ...{ kind: 'RecordHubCheck', safeguarding: 'concern', quality: 'passed', note: null, outcome: 'escalated' },
      reasons: 'He is afraid to go home.',
    },
    by: actor('hana', 'hub-coordinator', council),
  },
};

const family: Readonly<Record<string, Taken>> = {
  CloseAssessment: {
    given: [assessment.AssessmentOpened({ ehaId, leadProfessional: lead, evidence })],
    when: { ehaId, reason: 'consent-withdrawn' },
  },
};

const opened = episodeEvents.EpisodeOpened({ episodeId, ehaId, leadProfessional: lead });
const relied = { consentId: idOf('change'), ledgerPosition: '42' };
const proposed = episodeEvents.LeadProfessionalProposed({
  episodeId,
  leadProfessional: health,
  current: lead,
  consent: relied,
  why: 'Moves.',
});
const closing = { reason: 'family-declines', presentCircumstances: 'Mornings are calm.', supportGiven: 'A routine.' };
const told = { people: [leila], professionals: [] };
const closed = episodeEvents.EpisodeClosed({ episodeId, ...closing, told, servicesStillOpen: [] });
const service = { serviceId: idOf('service'), organisation: nurse.organisation };

const episode: Readonly<Record<string, Taken>> = {
  OpenEpisode: { given: [], when: { ehaId, leadProfessional: lead } },
  NoteEhaCompleted: { given: [opened], when: { ehaId, completedAt: at, needs: [] } },
  NoteEhaAccepted: { given: [opened], when: { ehaId, acceptedAt: at } },
  WithdrawLeadProfessionalProposal: { given: [opened, proposed], when: { why: 'No answer.' } },
  DeclineLeadProfessional: { given: [opened, proposed], when: { why: 'Too many cases.' }, by: nurse },
  RecordServiceEnded: {
    given: [opened, episodeEvents.ServiceInvolved({ episodeId, ...service, part: 'A clinic.' })],
    when: { serviceId: service.serviceId, outcome: 'Ended with the consent.' },
  },
  PromptClosing: { given: [opened], when: {} },
  CloseEpisode: { given: [opened], when: { ...closing, told, evidence: { involved: told } } },
  SetStayInTouch: { given: [opened, closed], when: { on: day('2026-06-01') } },
  RecordFeedback: { given: [opened, closed], when: { personId: leila, feedback: 'You listened.' } },
};

const inEpisode = {
  episode: { episodeVersion: 3, status: 'open', leadProfessional: lead, leadProfessionalConfirmed: true, ehaAccepted: true },
};
const recorded = { episodeVersion: 3, consentSeen: '42' };
const note = notesEvents.NoteAdded({ episodeId, noteId: idOf('note'), text: 'Leila rang.', evidence: recorded });
const notes: Readonly<Record<string, Taken>> = {
  CorrectNote: {
    given: [note],
    when: { noteId: idOf('later'), corrects: idOf('note'), text: 'Her sister rang.', why: 'Misheard.', evidence: inEpisode },
  },
};

const actionId = idOf('action');
const action = planEvents.ActionAgreed({
  ...{ episodeId, actionId, meetingId: null, needId: idOf('need'), what: 'A clinic.', why: 'He is tired.', howKnown: 'He sleeps.' },
  ...{ means: 'A place is free.', by: day('2026-05-29'), professional: health, familyMember: null, evidence: recorded },
});
const plan: Readonly<Record<string, Taken>> = {
  NoteNeeds: { given: [], when: { ehaId, needs: [{ needId: idOf('need') }] } },
  EndAction: { given: [action], when: { actionId, because: 'family-declined', why: 'The family withdrew.', evidence: inEpisode } },
  PromptOwner: { given: [action], when: { actionId } },
  PromptLeadProfessional: { given: [action], when: { actionId } },
  StandDownPlan: {
    given: [
      action,
      planningDeadlines.DeadlineSet({ deadlineId: idOf('due'), rule: 'PLAN-02', about: actionId, dueAt: now, remindAt: null }),
    ],
    when: {},
  },
};

const stoodDown = tafEvents.MeetingsStoodDown({ episodeId });
const taf: Readonly<Record<string, Taken>> = {
  ExpectFirstMeeting: { given: [], when: { ehaId, completedAt: at, needs: [] } },
  NoteEhaAccepted: { given: [], when: { ehaId, acceptedAt: at } },
  StandDownMeetings: { given: [], when: {} },
  TakeUpMeetings: { given: [stoodDown], when: { reopenedAt: now } },
};

const seenUpTo = { leadProfessional: null, eha: null, consent: '57' };
const rested = { leadProfessional: lead, ehaId, ehaCompletedAt: at, ehaUpdatedAt: null, needs: [{ needId: idOf('need') }], consents: [] };
const submitted = support.RequestSubmitted({
  ...{ requestId, needs: [idOf('need')], kinds: ['family-support'], persons: [amir], hopedFor: 'Calm mornings.' },
  ...{ sharedWith: ['targeted-support' as OrganisationId], evidence: { ...rested, seenUpTo } },
});
const ofRequest = { requestId, evidence: { leadProfessional: lead, eha: null, consents: [], seenUpTo } };
const triaged = (triage: object): Taken => ({
  given: [submitted],
  when: { kind: 'TriageRequest', ...ofRequest, triage, reasons: 'The family has withdrawn.', specialistServices: [] },
  by: actor('mira', 'targeted-support-manager', 'targeted-support'),
});
const request: Readonly<Record<string, Taken>> = {
  WithdrawRequest: { given: [submitted], when: { ...ofRequest, reasons: 'The family has withdrawn.' } },
  'TriageRequest, returned so that the family is asked': triaged({ outcome: 'return-for-information', asked: 'Does the family agree?' }),
  'TriageRequest, signposted, which ends it': triaged({ outcome: 'signpost', to: 'The youth club.' }),
};

/** By aggregate, what goes on after a withdrawal (CON-16, CON-17): these kinds of command, or a kind in one case, and no others. */
export const goesOn: Readonly<Record<string, Readonly<Record<string, Taken>>>> = {
  'assessment.consent': consentLedger,
  'assessment.eha': eha,
  'assessment.family': family,
  'planning.episode': episode,
  'planning.notes': notes,
  'planning.plan': plan,
  'planning.taf': taf,
  'targeted-support.request': request,
};

/** What every command of an aggregate names. */
export const aboutIn = (aggregate: string): object => ({ caseId: aCase, ...(aggregate.startsWith('planning.') ? { episodeId } : {}) });
