import * as assessment from './steps/assessment.js';
import * as consent from './steps/consent.js';
import * as door from './steps/front-door.js';
import * as help from './steps/plan-of-help.js';
import type { Known } from './steps/front-door.js';
import type { Part, Tale } from './tale.js';

// The parts that stories share. Days are counted from the contact; each `yield` is the moment at which the tale goes on.

export async function* contacted(tale: Tale): Part<Known> {
  yield tale.on(0, '09:15');
  return door.makeContact(tale);
}

export async function* triaged(tale: Tale, outcome: Parameters<typeof door.triage>[2]): Part<Known> {
  const known = yield* contacted(tale);
  yield tale.on(0, '14:00');
  await door.triage(tale, known, outcome);
  return known;
}

/** The hub recommends an assessment on day 1. */
export async function* recommended(tale: Tale): Part<Known> {
  const known = yield* triaged(tale, 'early-help-hub-enquiry');
  yield tale.on(1, '10:00');
  await door.decideHubEnquiry(tale, known, 'eha-recommended');
  return known;
}

export interface Assessing {
  readonly known: Known;
  readonly eha: string;
  readonly consentId: string;
}

/** Consent and opening on day 7, the first visit on day 11. */
export async function* assessing(tale: Tale, giverOf: (known: Known, tale: Tale) => consent.Giver = consent.motherOf): Part<Assessing> {
  const known = yield* recommended(tale);
  yield tale.on(7, '10:00');
  const consentId = await consent.giveConsent(tale, known, { giver: giverOf(known, tale) });
  const eha = await assessment.openAssessment(tale, known);
  yield tale.on(11, '15:30');
  await assessment.beginWriting(tale, eha, known);
  return { known, eha, consentId };
}

/** Finished, agreed and completed on day 30. */
export async function* assessed(tale: Tale): Part<Assessing> {
  const story = yield* assessing(tale);
  yield tale.on(28, '11:00');
  await consent.fatherJoins(tale, story.known);
  await assessment.finishWriting(tale, story.eha, story.known, tale.on(28, '11:00'));
  yield tale.on(30, '15:00');
  await assessment.agree(tale, story.eha, story.known.mother);
  await assessment.complete(tale, story.eha, [story.known.mother]);
  return story;
}

export async function* accepted(tale: Tale): Part<Assessing> {
  const story = yield* assessed(tale);
  yield tale.on(33, '09:30');
  await assessment.hubAccepts(tale, story.eha);
  return story;
}

export interface Helped extends Assessing {
  readonly episode: string;
  readonly actions: readonly string[];
}

/** The first meeting on day 54; its actions are due on day `by`. */
export async function* planned(tale: Tale, by = 100): Part<Helped> {
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
export async function* reviewed(tale: Tale, impact: 'continue' | 'close'): Part<Helped> {
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

export async function* closed(tale: Tale): Part<Helped> {
  const story = yield* reviewed(tale, 'close');
  yield tale.on(107, '12:00');
  await help.closeEpisode(tale, story.episode, 'met-by-universal-services');
  await help.stayInTouch(tale, story.episode, tale.day(190));
  return story;
}
