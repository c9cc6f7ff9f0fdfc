// What is written in the benches: events of the front door as the domain defines them, about invented families.
import { v7 } from 'uuid';
import { derivedId } from '@waymark/kernel';
import {
  AgencyAsked,
  AgencyShared,
  ContactAcknowledged,
  ContactReceived,
  ContactTriaged,
  MashEnquiryOpened,
} from '@waymark/referral-domain';

/** As the platform makes them: in the order of time, so that an index of them grows at its end. */
export const newId = () => v7();
const at = '2026-03-02T09:15:00.000Z';
const words =
  'Absent on eleven days since the half term, tired when in school, and worried about his mother, who has been unwell and has nobody near. '.repeat(
    2,
  );

const envelope = (caseId, correlationId) => ({
  caseId,
  occurredAt: at,
  actor: { user: 'tariq', role: 'triage-officer', organisation: 'mash' },
  purpose: 'early-help',
  policy: { pack: 'peterborough', version: '2025-06' },
  correlationId,
  causationId: correlationId,
});
const made = (event, caseId, correlationId = newId()) => ({ id: newId(), ...event, ...envelope(caseId, correlationId) });

/** A triage with its rationale and reasoning: two sealed texts of one subject; about 630 bytes as stored. */
export const triaged = (caseId, contactId) =>
  made(
    ContactTriaged({
      contactId,
      outcome: 'advice-and-information',
      rationale: words.slice(0, 130),
      decidedBy: 'tariq',
      threshold: { level: 'targeted', topOfLevel: false, indicators: ['poor-attendance-or-behaviour'], reasoning: words.slice(0, 90) },
      mashEnquiryId: null,
      hubEnquiryId: null,
    }),
    caseId,
  );

/** Appends of one triage each, by writers who each have a stream and a case of their own. */
export const triages = (writers, each) =>
  Array.from({ length: each }, (_, round) =>
    Array.from({ length: writers }, (_, writer) => {
      const contactId = derivedId('bench', String(writer));
      const events = [triaged(derivedId('case', String(writer)), contactId)];
      return { writer, stream: `referral.contact-${contactId}`, expected: round === 0 ? 'none' : round, events, commandId: newId() };
    }),
  ).flat();

/** A MASH enquiry that asked and was answered fourteen times: thirty events. */
export const enquiry = (number) => {
  const [caseId, enquiryId, contactId] = ['case', 'enquiry', 'contact'].map((what) => derivedId(what, String(number)));
  const asked = Array.from({ length: 29 }, (_, index) => {
    const which = { enquiryId, agency: 'school', organisation: `school-${Math.floor(index / 2)}` };
    return index % 2 === 0
      ? AgencyAsked({ ...which, question: words.slice(0, 120), replyBy: null })
      : AgencyShared({ ...which, shared: words.slice(0, 220), basis: 'consent', late: false });
  });
  const events = [MashEnquiryOpened({ enquiryId, contactId, receivedAt: at }), ...asked].map((event) => made(event, caseId));
  return { id: enquiryId, stream: `referral.mash-enquiry-${enquiryId}`, expected: 'none', events, commandId: newId() };
};

/** What the family is called makes no difference; that each person is sealed for themselves does. */
const received = (caseId, contactId, { child, mother, referrer }) =>
  ContactReceived({
    contactId,
    authority: 'peterborough',
    receivedAt: at,
    opensCase: true,
    source: 'professional',
    organisation: 'fenbank-primary',
    referrer: { personId: referrer, name: 'Dana Reyes', contactDetails: null },
    child: { personId: child, name: 'Amir Haddad', birth: 'known', dateOfBirth: '2018-05-14' },
    household: [{ personId: mother, name: 'Leila Haddad', relationship: 'mother' }],
    concern: words.slice(0, 200),
    reasons: ['persistent-absence'],
    immediateConcern: false,
  });

/** The two events that a contact comes to. */
export const contactEvents = (caseId, contactId, people, correlationId) =>
  [received(caseId, contactId, people), ContactAcknowledged({ contactId, reference: 'EH-0123ABCD' })].map((event) =>
    made(event, caseId, correlationId),
  );

/** A contact from its receipt to its triage: three events, four people and a case. */
export const contactStory = (number) => {
  const id = (what) => derivedId(what, String(number));
  const [caseId, contactId] = [id('case'), id('contact')];
  const events = [
    ...contactEvents(caseId, contactId, { child: id('child'), mother: id('mother'), referrer: id('referrer') }),
    triaged(caseId, contactId),
  ];
  return { stream: `referral.contact-${contactId}`, expected: 'none', events, commandId: newId() };
};
