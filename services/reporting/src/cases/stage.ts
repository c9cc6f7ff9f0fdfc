import type { Recorded } from '@waymark/event-store';
import {
  AssessmentClosed,
  AssessmentOpened,
  ConsentGiven,
  ConsentRefused,
  EhaAccepted,
  EhaCompleted,
  EhaReturned,
} from '@waymark/assessment-domain';
import { episodeEvents, tafEvents } from '@waymark/planning-domain';
import { ContactReceived, ContactTriaged, HubEnquiryDecided, HubEnquiryOpened, MashEnquiryOpened } from '@waymark/referral-domain';

/** How far a case has come, in the order of the practice. Codes are for filters, words for people. */
export const stageWords = {
  contact: 'Contact',
  'mash-enquiry': 'MASH enquiry',
  'hub-enquiry': 'Early Help Hub enquiry',
  advice: 'Advice and information given',
  'no-further-action': 'No further action',
  'social-care': "With Children's Social Care",
  recommended: 'Assessment recommended',
  refused: 'Consent refused',
  consent: 'Consent given',
  assessment: 'Assessment',
  'hub-checks': "Hub's checks of the assessment",
  accepted: 'Assessment accepted, first meeting to come',
  plan: 'Family plan',
  review: 'Plan under review',
  closed: 'Closed',
} as const;
export type Stage = keyof typeof stageWords;
export const stages = Object.keys(stageWords) as readonly Stage[];

type Data = Readonly<Record<string, unknown>>;

/** What an event makes of a case's stage; null: nothing. */
type Step = (data: Data, stage: Stage | null) => Stage | null;

/** A second contact about a family that is helped already does not send it back to the front door. */
const beforeHelp: readonly (Stage | null)[] = [
  null,
  'contact',
  'mash-enquiry',
  'hub-enquiry',
  'advice',
  'no-further-action',
  'social-care',
  'recommended',
  'refused',
  'closed',
];
const atTheFrontDoor =
  (to: (data: Data) => Stage | null): Step =>
  (data, stage) =>
    beforeHelp.includes(stage) ? to(data) : null;
const unless =
  (passed: readonly Stage[], to: Stage): Step =>
  (_, stage) =>
    stage !== null && passed.includes(stage) ? null : to;

const triaged: Readonly<Record<string, Stage>> = {
  'no-further-action': 'no-further-action',
  'advice-and-information': 'advice',
  'early-help-hub-enquiry': 'hub-enquiry',
  'childrens-social-care': 'social-care',
};
const hubEnded: Readonly<Record<string, Stage>> = { 'eha-recommended': 'recommended', advice: 'advice', 'back-to-mash': 'mash-enquiry' };

const planned: readonly Stage[] = ['plan', 'review'];
const helped: readonly Stage[] = ['assessment', 'hub-checks', 'accepted', ...planned];

export const stageSteps: Readonly<Record<string, Step>> = {
  [ContactReceived.type]: atTheFrontDoor(() => 'contact'),
  [MashEnquiryOpened.type]: atTheFrontDoor(() => 'mash-enquiry'),
  [ContactTriaged.type]: atTheFrontDoor(({ outcome }) => triaged[String(outcome)] ?? null),
  [HubEnquiryOpened.type]: atTheFrontDoor(() => 'hub-enquiry'),
  [HubEnquiryDecided.type]: atTheFrontDoor(({ end }) => hubEnded[String(end)] ?? null),
  [ConsentGiven.type]: unless(helped, 'consent'),
  [ConsentRefused.type]: unless(['consent', ...helped], 'refused'),
  [AssessmentOpened.type]: unless(planned, 'assessment'),
  [EhaCompleted.type]: unless(planned, 'hub-checks'),
  [EhaReturned.type]: unless(planned, 'assessment'),
  [EhaAccepted.type]: unless(planned, 'accepted'),
  // With the episode closed its own event says so; an assessment that ends before there is a plan ends the case's help.
  [AssessmentClosed.type]: unless(planned, 'closed'),
  [tafEvents.TafHeld.type]: ({ first }) => (first === true ? 'plan' : 'review'),
  [episodeEvents.EpisodeClosed.type]: () => 'closed',
  [episodeEvents.EpisodeReopened.type]: () => 'plan',
};

/** The stage after an event. */
export const stageAfter = (stage: Stage | null, { type, data }: Pick<Recorded, 'type' | 'data'>): Stage | null =>
  stageSteps[type]?.(data as Data, stage) ?? stage;
