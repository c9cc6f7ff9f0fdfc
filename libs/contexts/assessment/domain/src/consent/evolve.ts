import { begun, ended } from '@waymark/consent';
import type { Fact, Instant } from '@waymark/kernel';
import type { AssessmentDeadline } from '../common/deadlines.js';
import type { PromptRaised, SafetyConcernRaised } from '../common/prompts.js';
import type { CompetenceEvent } from './competence-events.js';
import type { ConsentEvent } from './events.js';
import type { SharingEvent } from './sharing-events.js';
import type { Consent, Ledger } from './state.js';

export type LedgerEvent = ConsentEvent | CompetenceEvent | SharingEvent | PromptRaised | SafetyConcernRaised;

type Step<T extends LedgerEvent['type']> = (ledger: Ledger, fact: Fact<Extract<LedgerEvent, { type: T }>>) => Ledger;

type AnyStep = (ledger: Ledger, event: Fact) => Ledger;

const change = (ledger: Ledger, consentId: string, to: (consent: Consent) => Partial<Consent>): Ledger => ({
  ...ledger,
  consents: ledger.consents.map((consent) => (consent.consentId === consentId ? { ...consent, ...to(consent) } : consent)),
});

const later = (before: Instant | null, at: Instant): Instant => (before !== null && before > at ? before : at);

const unchanged = (ledger: Ledger): Ledger => ledger;

/** One step per event: the type has them all, so a forgotten one does not compile. */
const steps: { readonly [T in LedgerEvent['type']]: Step<T> } = {
  'assessment.ConsentGiven.v1': (ledger, { data, occurredAt }) => ({
    ...ledger,
    consents: [
      ...ledger.consents,
      {
        consentId: data.consentId,
        giver: data.giver.personId,
        capacity: data.giver.capacity,
        dateOfBirth: data.giver.dateOfBirth,
        purpose: data.purpose,
        covers: data.covers,
        noticeVersion: data.notice.version,
        restsOn: data.restsOn,
        suspended: false,
        changedAt: occurredAt,
        withdrawnAt: null,
        suspendedAt: null,
        reach: begun([], { agencies: data.agencies, from: occurredAt, until: data.until }),
      },
    ],
  }),
  'assessment.ConsentRefused.v1': (ledger, { data: { refusalId, giver, purpose }, occurredAt }) => ({
    ...ledger,
    refusals: [...ledger.refusals, { refusalId, giver: giver.personId, capacity: giver.capacity, purpose, at: occurredAt }],
  }),
  'assessment.ConsentWithdrawn.v1': (ledger, { data, occurredAt }) =>
    change(ledger, data.consentId, ({ reach, changedAt, withdrawnAt }) => ({
      reach: ended(reach, { at: occurredAt, agencies: data.agencies, by: 'withdrawal' }),
      changedAt: later(changedAt, occurredAt),
      withdrawnAt: later(withdrawnAt, occurredAt),
    })),
  'assessment.ConsentRenewed.v1': (ledger, { data, occurredAt }) =>
    change(ledger, data.consentId, ({ reach }) => ({
      reach: begun(reach, { agencies: data.agencies, from: occurredAt, until: data.until }),
      noticeVersion: data.notice.version,
      restsOn: data.restsOn,
      suspended: false,
      changedAt: occurredAt,
    })),
  'assessment.ConsentSuspended.v1': (ledger, { data, occurredAt }) =>
    change(ledger, data.consentId, ({ reach, changedAt, suspendedAt }) => ({
      reach: ended(reach, { at: occurredAt, agencies: null, by: 'suspension' }),
      suspended: true,
      changedAt: later(changedAt, occurredAt),
      suspendedAt: later(suspendedAt, occurredAt),
    })),
  'assessment.CompetenceJudged.v1': (ledger, { data: { competenceId, childId, outcome }, occurredAt }) => ({
    ...ledger,
    judgements: [...ledger.judgements, { competenceId, childId, outcome, at: occurredAt }],
  }),
  'assessment.ParentInvolvementExplored.v1': (ledger, { data }) => ({
    ...ledger,
    involvementExplored: [...ledger.involvementExplored, data.childId],
  }),
  'assessment.OtherParentRecorded.v1': (ledger, { data }) => ({
    ...ledger,
    otherParents: [...ledger.otherParents, { personId: data.personId, efforts: 0 }],
  }),
  'assessment.EffortToReachRecorded.v1': (ledger, { data }) => ({
    ...ledger,
    otherParents: ledger.otherParents.map((parent) =>
      parent.personId === data.personId ? { ...parent, efforts: parent.efforts + 1 } : parent,
    ),
  }),
  'assessment.LawfulBasisRecorded.v1': (ledger, { data }) => ({ ...ledger, lawfulBases: [...ledger.lawfulBases, data.lawfulBasisId] }),
  'assessment.SharingDecided.v1': (ledger, { data: { decisionId, about, agencies }, occurredAt }) => ({
    ...ledger,
    sharingDecisions: [...ledger.sharingDecisions, decisionId],
    decisions: [...ledger.decisions, { decisionId, about, agencies, from: occurredAt, until: null }],
  }),
  'assessment.NonSharingDecided.v1': (ledger, { data: { decisionId, about, agencies }, occurredAt }) => ({
    ...ledger,
    sharingDecisions: [...ledger.sharingDecisions, decisionId],
    decidedNotTo: [...ledger.decidedNotTo, { about, agencies, at: occurredAt }],
  }),
  'assessment.RiskOnRefusalJudged.v1': unchanged,
  'assessment.PromptRaised.v1': unchanged,
  'assessment.SafetyConcernRaised.v1': unchanged,
};

/** Deadlines are folded elsewhere: what is no event of the ledger leaves it as it is. */
export const evolve = (ledger: Ledger, event: Fact<LedgerEvent | AssessmentDeadline>): Ledger =>
  (steps as unknown as Readonly<Record<string, AnyStep | undefined>>)[event.type]?.(ledger, event) ?? ledger;
