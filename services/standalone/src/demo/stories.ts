import { accepted, assessed, assessing, closed, contacted, planned, recommended, reviewed, triaged } from './parts.js';
import * as assessment from './steps/assessment.js';
import * as consent from './steps/consent.js';
import * as door from './steps/front-door.js';
import * as help from './steps/plan-of-help.js';
import { requestSupport, triageRequest, type Outcome } from './steps/support.js';
import type { Part, Tale } from './tale.js';

const supported = (outcome?: Outcome) =>
  async function* (tale: Tale): Part {
    const { known, eha } = yield* planned(tale, 120);
    yield tale.on(63, '11:30');
    const request = await requestSupport(tale, known, eha);
    if (!outcome) return;
    yield tale.on(66, '15:00');
    await triageRequest(tale, request, outcome);
  };

const ended = (outcome: Parameters<typeof door.triage>[2]) => (tale: Tale) => triaged(tale, outcome);

/** Every stage that the borough shows: what happened, and how far it has come. */
export const stories = {
  'a contact, not yet decided': contacted,
  'no further action': ended('no-further-action'),
  'advice and information': ended('advice-and-information'),
  'with Children’s Social Care': ended('childrens-social-care'),
  'a hub enquiry under way': ended('early-help-hub-enquiry'),

  'a MASH enquiry under way': async function* (tale) {
    const known = yield* contacted(tale);
    yield tale.on(0, '13:00');
    await door.openMashEnquiry(tale, known);
  },
  'a MASH enquiry decided in time': async function* (tale) {
    const known = yield* contacted(tale);
    yield tale.on(0, '13:00');
    const enquiry = await door.openMashEnquiry(tale, known);
    yield tale.on(1, '11:00');
    await door.healthShares(tale, enquiry);
    yield tale.on(2, '16:00');
    await door.decideMashEnquiry(tale, enquiry);
  },
  'a MASH enquiry decided after its 72 hours': async function* (tale) {
    const known = yield* contacted(tale);
    yield tale.on(1, '10:00');
    const enquiry = await door.openMashEnquiry(tale, known);
    yield tale.on(6, '09:00');
    await door.decideMashEnquiry(tale, enquiry);
  },
  'advice by the hub': async function* (tale) {
    const known = yield* triaged(tale, 'early-help-hub-enquiry');
    yield tale.on(2, '10:00');
    await door.decideHubEnquiry(tale, known, 'advice');
  },
  'an assessment recommended': recommended,

  'consent refused': async function* (tale) {
    const known = yield* recommended(tale);
    yield tale.on(8, '14:30');
    const refusal = await consent.refuseConsent(tale, known, tale.day(50));
    yield tale.on(9, '09:30');
    await consent.judgeRisk(tale, known, refusal);
  },
  'consent withdrawn': async function* (tale) {
    const { known, eha, consentId } = yield* assessing(tale);
    yield tale.on(22, '10:00');
    await consent.withdrawConsent(tale, known, consentId);
    await assessment.closeForWithdrawal(tale, eha, known);
  },
  'consent withdrawn for one agency': async function* (tale) {
    const { known, consentId } = yield* planned(tale);
    yield tale.on(64, '10:00');
    await consent.withdrawConsent(tale, known, consentId, [tale.staff.housing.organisation]);
  },
  'a young person’s own consent': (tale) => assessing(tale, consent.childOf),
  'a competent child’s own consent': async function* (tale) {
    const known = yield* recommended(tale);
    yield tale.on(5, '10:00');
    await consent.judgeCompetent(tale, known, tale.on(5, '10:00'));
    yield tale.on(7, '10:00');
    await consent.giveConsent(tale, known, { giver: consent.childOf(known, tale) });
    await assessment.openAssessment(tale, known);
  },

  'an assessment in progress': assessing,
  'an assessment overdue': assessing,
  'completed, awaiting the hub': assessed,
  'returned by the hub': async function* (tale) {
    const { eha } = yield* assessed(tale);
    yield tale.on(34, '10:30');
    await assessment.hubReturns(tale, eha);
  },
  accepted,

  'a plan under way': async function* (tale) {
    const { episode, actions } = yield* planned(tale);
    yield tale.on(62, '10:00');
    await help.completeActions(tale, episode, actions.slice(0, 1));
  },
  'actions overdue': async function* (tale) {
    const { episode, actions } = yield* planned(tale, 70);
    yield tale.on(65, '10:00');
    await help.completeActions(tale, episode, actions.slice(0, 1));
  },
  drifting: (tale) => planned(tale, 90),
  'a plan under review': (tale) => reviewed(tale, 'continue'),

  'Targeted Support requested': supported(),
  'Targeted Support: returned for information': supported('return-for-information'),
  'Targeted Support: allocated': supported('allocate-directly'),
  'Targeted Support: sent to the panel': supported('send-to-panel'),
  'Targeted Support: signposted': supported('signpost'),

  closed: async function* (tale) {
    const { episode, known } = yield* closed(tale);
    yield tale.on(189, '16:30');
    await help.hearFromThem(tale, episode, known);
  },
  'closed, as the family wished': async function* (tale) {
    const { episode } = yield* planned(tale);
    yield tale.on(78, '12:00');
    await help.closeEpisode(tale, episode, 'family-declines');
  },
  reopened: async function* (tale) {
    const { episode } = yield* closed(tale);
    yield tale.on(185, '10:00');
    await help.reopenEpisode(tale, episode);
  },
} satisfies Readonly<Record<string, (tale: Tale) => Part<unknown>>>;

export type StoryName = keyof typeof stories;
