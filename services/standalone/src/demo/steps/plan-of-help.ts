import type { Known } from './front-door.js';
import { firstName } from './front-door.js';
import { needsOf } from './assessment.js';
import type { Tale } from '../tale.js';

const worker = ({ by, family }: Tale) => by(family.lead, 'practitioner');
const professional = ({ user, organisation }: { readonly user: string; readonly organisation: string }) => ({ user, organisation });
const team = ({ family, staff }: Tale) => [professional(family.lead), professional(staff.health)];

/** @returns where the family's episode of help is */
export const episodeOf = async (tale: Tale, { caseId }: Known): Promise<string> => {
  const { items } = await worker(tale).get<{ items: readonly { id: string }[] }>(`/api/planning/episodes?caseId=${caseId}`);
  return `/api/planning/episodes/${items[0]?.id}`;
};

/** The family agrees who comes; they are invited. @returns the meeting's id */
export const arrangeMeeting = async (tale: Tale, episode: string, { mother, child }: Known, plannedFor: string): Promise<string> => {
  const around = { people: [mother, child], professionals: [professional(tale.staff.health)] };
  const { id } = await worker(tale).post(`${episode}/meetings`, { ...around, agreedBy: mother });
  await worker(tale).post(`${episode}/meetings/${id}/invitations`, { ...around, plannedFor });
  return id;
};

export const confirmLead = async (tale: Tale, episode: string, { mother }: Known, meetingId: string): Promise<void> => {
  await worker(tale).post(`${episode}/lead-professional/confirmation`, {
    ...{ meetingId, agreedBy: [mother], accepted: true },
    leadProfessional: professional(tale.family.lead),
  });
};

interface Held {
  readonly meetingId: string;
  readonly heldAt: string;
  readonly impact?: 'continue' | 'close';
}

export const holdMeeting = async (tale: Tale, episode: string, known: Known, { meetingId, heldAt, impact }: Held): Promise<void> => {
  const { theme, child } = tale.family;
  await worker(tale).post(`${episode}/meetings/${meetingId}/record`, {
    heldAt,
    attended: { people: [{ personId: known.mother, part: 'family' }], professionals: team(tale) },
    represented: [{ personId: known.child, views: theme.childSays }],
    ...(impact
      ? { impact, summary: impact === 'close' ? theme.circumstances : `Better for ${firstName(child.name)}, and not yet steady.` }
      : { discussed: topics, summary: `What would help most: ${theme.goal}` }),
  });
};
const topics = ['needs', 'changes', 'what-the-family-wants', 'family-network', 'professional-support', 'crisis-plan'];

/** The family's goal and three actions: the lead's, health's and the family's own. @returns the actions' ids, in that order */
export const agreePlan = async (tale: Tale, episode: string, known: Known, plan: { eha: string; meetingId: string; by: string }) => {
  const { theme } = tale.family;
  const { eha, meetingId, by } = plan;
  const needs = await needsOf(tale, eha);
  await worker(tale).post(`${episode}/plan/goals`, { personId: known.mother, words: theme.goal });
  const owners = [...team(tale), { personId: known.mother }];
  const actions: string[] = [];
  for (const [index, [what, howKnown]] of theme.actions.entries()) {
    const { id } = await worker(tale).post(`${episode}/plan/actions`, {
      ...{ meetingId, what, howKnown, by, needId: needs[index % needs.length], owner: owners[index], ownerAgreed: true },
      why: theme.needs[index % theme.needs.length]?.[1],
      means: 'What is there already; nothing has to be bought.',
    });
    actions.push(id);
  }
  return actions;
};

export const shareRecord = async (tale: Tale, episode: string, { mother, child }: Known, meetingId: string): Promise<void> => {
  await worker(tale).post(`${episode}/meetings/${meetingId}/sharing`, { people: [mother, child], professionals: team(tale) });
};

export const completeActions = async (tale: Tale, episode: string, actions: readonly string[]): Promise<void> => {
  for (const action of actions)
    await worker(tale).post(`${episode}/plan/actions/${action}/completion`, { outcome: 'Done, and it made a difference.' });
};

export const addNote = async (tale: Tale, episode: string, text: string): Promise<void> => {
  await worker(tale).post(`${episode}/notes`, { text });
};

export const closeEpisode = async (tale: Tale, episode: string, reason: string): Promise<void> => {
  const { involved } = await worker(tale).get<{ involved: object }>(episode);
  await worker(tale).post(`${episode}/closing`, {
    reason,
    presentCircumstances: tale.family.theme.circumstances,
    supportGiven: tale.family.theme.actions.map(([what]) => what).join('; '),
    told: involved,
  });
};

export const stayInTouch = async (tale: Tale, episode: string, on: string): Promise<void> => {
  await worker(tale).post(`${episode}/stay-in-touch`, { on });
};

export const hearFromThem = async (tale: Tale, episode: string, { mother }: Known): Promise<void> => {
  await worker(tale).post(`${episode}/stay-in-touch/contact`, { account: 'A call at tea time: all is well, and they know whom to ring.' });
  await worker(tale).post(`${episode}/feedback`, { personId: mother, feedback: 'You listened, and you did what you said.' });
};

export const reopenEpisode = async (tale: Tale, episode: string): Promise<void> => {
  await worker(tale).post(`${episode}/reopening`, { reason: 'The worries are back since the move to the new class.' });
};
