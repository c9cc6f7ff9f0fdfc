import * as assessment from './steps/assessment.js';
import * as consent from './steps/consent.js';
import * as door from './steps/front-door.js';
import * as help from './steps/plan-of-help.js';
import { requestSupport, triageRequest, type Outcome } from './steps/support.js';
import type { Known } from './steps/front-door.js';
import type { Part, Tale } from './tale.js';

// The parts that stories share. Days are counted from the contact; each `yield` is the moment at which the tale goes on.

async function* contacted(tale: Tale): Part<Known> {
  yield tale.on(0, '09:15');
  return door.makeContact(tale);
}

async function* triaged(tale: Tale, outcome: Parameters<typeof door.triage>[2]): Part<Known> {
  const known = yield* contacted(tale);
  yield tale.on(0, '14:00');
  await door.triage(tale, known, outcome);
  return known;
}

/** The hub recommends an assessment on day 1. */
async function* recommended(tale: Tale): Part<Known> {
  const known = yield* triaged(tale, 'early-help-hub-enquiry');
  yield tale.on(1, '10:00');
  await door.decideHubEnquiry(tale, known, 'eha-recommended');
  return known;
}

interface Assessing {
  readonly known: Known;
  readonly eha: string;
  readonly consentId: string;
}

/** Consent and opening on day 7, the first visit on day 11. */
async function* assessing(tale: Tale, giverOf: (known: Known, tale: Tale) => consent.Giver = consent.motherOf): Part<Assessing> {
  const known = yield* recommended(tale);
  yield tale.on(7, '10:00');
  const consentId = await consent.giveConsent(tale, known, { giver: giverOf(known, tale) });
  const eha = await assessment.openAssessment(tale, known);
  yield tale.on(11, '15:30');
  await assessment.beginWriting(tale, eha, known);
  return { known, eha, consentId };
}

/** Finished, agreed and completed on day 30. */
async function* assessed(tale: Tale): Part<Assessing> {
  const story = yield* assessing(tale);
  yield tale.on(28, '11:00');
  await assessment.finishWriting(tale, story.eha, story.known, tale.on(28, '11:00'));
  yield tale.on(30, '15:00');
  await assessment.agree(tale, story.eha, story.known.mother);
  await assessment.complete(tale, story.eha, [story.known.mother]);
  return story;
}

async function* accepted(tale: Tale): Part<Assessing> {
  const story = yield* assessed(tale);
  yield tale.on(33, '09:30');
  await assessment.hubAccepts(tale, story.eha);
  return story;
}

interface Helped extends Assessing {
  readonly episode: string;
  readonly actions: readonly string[];
}

/** The first meeting on day 54; its actions are due on day `by`. */
async function* planned(tale: Tale, by = 100): Part<Helped> {
  const { known, eha, consentId } = yield* accepted(tale);
  const episode = await help.episodeOf(tale, known);
  const heldAt = tale.on(54, '14:00');
  yield tale.on(44, '10:00');
  const meetingId = await help.arrangeMeeting(tale, episode, known, heldAt);
  yield tale.on(54, '16:00');
  await help.confirmLead(tale, episode, known, meetingId);
  await help.holdMeeting(tale, episode, known, { meetingId, heldAt });
  const actions = await help.agreePlan(tale, episode, known, { eha, meetingId, by: tale.day(by) });
  await help.shareRecord(tale, episode, known, meetingId);
  return { known, eha, consentId, episode, actions };
}

/** The review on day 99, with two of three actions done before it. */
async function* reviewed(tale: Tale, impact: 'continue' | 'close'): Part<Helped> {
  const story = yield* planned(tale, 104);
  const { episode, known, actions } = story;
  yield tale.on(75, '12:15');
  await help.addNote(tale, episode, 'Met on the way to school. Going well; the first action is as good as done.');
  yield tale.on(92, '10:00');
  await help.completeActions(tale, episode, actions.slice(0, 2));
  const heldAt = tale.on(99, '15:00');
  yield tale.on(95, '09:00');
  const meetingId = await help.arrangeMeeting(tale, episode, known, heldAt);
  yield tale.on(99, '16:00');
  await help.holdMeeting(tale, episode, known, { meetingId, heldAt, impact });
  await help.completeActions(tale, episode, actions.slice(2));
  return story;
}

async function* closed(tale: Tale): Part<Helped> {
  const story = yield* reviewed(tale, 'close');
  yield tale.on(107, '12:00');
  await help.closeEpisode(tale, story.episode, 'met-by-universal-services');
  await help.stayInTouch(tale, story.episode, tale.day(190));
  return story;
}

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
