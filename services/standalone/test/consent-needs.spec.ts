import { describe, expect, it } from '@jest/globals';
import * as assessment from '@waymark/assessment-domain';
import { restingOnConsent, takingPart, type ConsentLedger, type HeldConsent, type RestsOnConsent } from '@waymark/consent';
import {
  accept,
  instant,
  type Aggregate,
  type AnyCommand,
  type DomainEvent,
  type Instant,
  type OrganisationId,
  type PersonId,
} from '@waymark/kernel';
import * as planning from '@waymark/planning-domain';
import type { PolicyPack } from '@waymark/policy';
import * as support from '@waymark/targeted-support-domain';
import { idOf, meta, specification } from '@waymark/testing';
import { services } from '../src/services.js';
import { aboutIn, goesOn, now, pack } from './after-withdrawal.fixture.js';

const person = idOf<PersonId>('amir');
const organisation = 'fenbank-primary' as OrganisationId;
const professional = { user: 'dana', organisation };
const transfer = { consent: { consentId: idOf('transfer'), purpose: 'lead-professional-change', inForce: true, ledgerPosition: '1' } };

/** Of each kind that rests on consent, what its need is read from. A kind without an entry fails. */
const samples: Readonly<Record<string, object>> = {
  OpenAssessment: { initiator: professional },
  NameChild: { childId: person },
  InviteFamilyMember: {},
  ContributeSection: { corrects: null },
  AnswerConsideration: {},
  RecordLivedExperience: { childId: person },
  RecordVoice: { personId: person },
  RecordAbsence: { personId: person },
  RecordView: { personId: person },
  IdentifyNeed: { personId: person },
  RecordFatherEffort: {},
  RecordNetwork: {},
  AgreeVersion: { by: person },
  FinaliseEha: {},
  UpdateEha: {},
  RecordHubCheck: { outcome: 'accepted' },
  ConfirmLeadProfessional: { leadProfessional: professional, agreedBy: [person] },
  ProposeLeadProfessional: { leadProfessional: professional, evidence: transfer },
  AcceptLeadProfessional: { evidence: transfer },
  RecordServiceInvolved: { organisation },
  RecordCheckIn: {},
  RecordSupervision: {},
  ReopenEpisode: {},
  RecordStayInTouch: {},
  AgreeInvitees: {},
  InviteToTaf: { people: [], professionals: [professional] },
  RecordViews: { of: { personId: person } },
  HoldTaf: { heldAt: now, attended: { people: [{ personId: person }], professionals: [professional] }, represented: [] },
  ShareRecord: { professionals: [professional] },
  StateFamilyGoal: { personId: person },
  AgreeAction: { owner: { personId: person } },
  ReviseAction: { owner: professional },
  CompleteAction: {},
  RaiseNonDelivery: {},
  AnswerForNonDelivery: {},
  AddNote: {},
  SubmitRequest: { persons: [person], sharedWith: [organisation] },
  ProvideInformation: { sharedWith: [organisation] },
  TriageRequest: { triage: { outcome: 'allocate-directly', organisation } },
};

const [before, after] = [instant('2026-03-09T10:00:00Z'), instant('2026-06-01T10:00:00Z')];
const purposes = [takingPart, 'targeted-support-request', 'lead-professional-change'];
const consent = (purpose: string, until: Instant | null, more: Partial<HeldConsent['reach'][number]> = {}): HeldConsent => ({
  ...{ consentId: idOf(purpose), giver: idOf<PersonId>('leila'), purpose, covers: [person], suspended: false, changedAt: before },
  reach: [{ agency: organisation, from: before, until, ...more }],
});
const ledger = (...consents: HeldConsent[]): ConsentLedger => ({ consents, decisions: [] });

const inForce = ledger(...purposes.map((purpose) => consent(purpose, null)));
const yesterday = instant('2026-05-11T10:00:00Z');
const withdrawn = ledger(...purposes.map((purpose) => consent(purpose, yesterday, { endedBy: 'withdrawal' })));
const against: readonly (readonly [string, ConsentLedger])[] = [
  ['is withdrawn', withdrawn],
  ['has expired', ledger(...purposes.map((purpose) => consent(purpose, yesterday)))],
  ['is for another purpose', ledger(consent('sibling-setting-contact', null))],
  ['does not reach the agency', ledger(...purposes.map((purpose) => consent(purpose, null, { agency: 'city-health' as OrganisationId })))],
  ['has not begun', ledger(...purposes.map((purpose) => consent(purpose, null, { from: after })))],
];

type Needs = Readonly<Record<string, unknown>>;
const tables: Readonly<Record<string, Needs>> = {
  'assessment.consent': assessment.ledgerConsentNeeds,
  'assessment.family': assessment.familyConsentNeeds,
  'assessment.eha': assessment.ehaConsentNeeds,
  'planning.episode': planning.episodeConsentNeeds,
  'planning.taf': planning.tafConsentNeeds,
  'planning.plan': planning.planConsentNeeds,
  'planning.notes': planning.notesConsentNeeds,
  'targeted-support.request': support.requestConsentNeeds,
};

/** What the needs read of the state: a request that names whom it is about and with whom it is shared, and no meeting yet. */
const state = { status: 'returned', persons: [person], sharedWith: [organisation], meetings: [], content: { children: [person] } };

/** What becomes of a command that everything else allows. */
const decided = (needs: Needs, kind: string, known: ConsentLedger | undefined, sample: object = samples[kind] ?? {}) => {
  const decide = restingOnConsent(needs as never, () => accept());
  const command = { kind, ...sample, meta: meta({ now }), ...(known ? { consent: { ledger: known, seen: '1' } } : {}) };
  return decide(command as never, state);
};

describe.each(Object.entries(tables))('A1 %s', (aggregate, needs) => {
  const resting = Object.keys(needs).filter((kind) => typeof needs[kind] === 'function');
  const waitingForNone = Object.keys(needs).filter((kind) => typeof needs[kind] === 'string');

  it('has a sample of every kind that rests on consent', () => {
    expect(resting.filter((kind) => !Object.hasOwn(samples, kind))).toEqual([]);
  });

  it.each(against)('CON-13 CON-14 CON-16 CON-17 refuses whatever rests on consent when it %s', (_why, known) => {
    for (const kind of resting)
      expect({ kind, ...decided(needs, kind, known) }).toMatchObject({ kind, outcome: 'refused', rule: expect.stringMatching(/^CON-/) });
  });

  it('CON-16 takes the same on a consent in force, and refuses it where nothing is known', () => {
    for (const kind of resting) {
      expect({ kind, ...decided(needs, kind, inForce) }).toMatchObject({ kind, outcome: 'accepted' });
      expect({ kind, ...decided(needs, kind, undefined) }).toMatchObject({ kind, outcome: 'refused', rule: 'CON-16' });
    }
  });

  it('CON-16 CON-17 FD-11 what waits for none is what is listed here, and nothing else', () => {
    expect(waitingForNone.toSorted()).toEqual(
      Object.keys(goesOn[aggregate] ?? {})
        .filter((name) => !name.includes(','))
        .toSorted(),
    );
  });
});

const owned = services
  .filter(({ name }) => ['assessment', 'planning', 'targeted-support'].includes(name))
  .flatMap(({ aggregates }) => aggregates);

describe.each(Object.entries(goesOn))('after a withdrawal, %s', (name, cases) => {
  const aggregate = owned.find((one) => one.name === name) as never as Aggregate<AnyCommand, DomainEvent, object, PolicyPack> &
    RestsOnConsent;
  const { given } = specification(aggregate, pack);

  it.each(Object.entries(cases))(
    'CON-16 CON-17 FD-11 records %s, without looking at the ledger and with it',
    (kind, { given: history, when, by }) => {
      const command = { kind, ...aboutIn(name), ...when };
      expect(aggregate.restsOnConsent(command)).toBe(false);
      for (const known of [{}, { consent: { ledger: withdrawn, seen: '1' } }]) {
        const decision = given(...(history as readonly DomainEvent[]))
          .when({ ...command, ...known } as never, { now, ...(by ? { actor: by } : {}) })
          .decision();
        expect(decision).toMatchObject({ outcome: 'accepted', events: expect.arrayContaining([expect.anything()]) });
      }
    },
  );
});

it('CON-16 every aggregate of assessment, planning and targeted-support declares what its commands need', () => {
  expect(owned.map(({ name }) => name).toSorted()).toEqual(Object.keys(tables).toSorted());
  expect(owned.filter((aggregate) => !('restsOnConsent' in aggregate))).toEqual([]);
});
