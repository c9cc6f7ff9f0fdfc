import type { Instant, Uuid } from '@waymark/kernel';
import type { Professional } from '../shared/fields.js';
import { sameProfessional } from '../shared/fields.js';
import type { Around } from './commands.js';

/** One meeting, from the first talk of it on. */
export interface Meeting {
  readonly meetingId: Uuid;
  readonly agreed: Around;
  readonly invited: Around;
  /** Whose views were sought. */
  readonly viewsOf: Around;
  readonly heldAt: Instant | null;
  readonly attended: Around;
  readonly shared: boolean;
}

interface Meetings {
  readonly meetings: readonly Meeting[];
  /** FD-07: when the hub accepted the assessment. */
  readonly acceptedAt: Instant | null;
  readonly completedAt: Instant | null;
}

/** `waiting`: for the first meeting. `reviewing`: it was held. `stood-down`: the episode is closed. */
export interface Taf extends Meetings {
  readonly stage: 'none' | 'waiting' | 'reviewing' | 'stood-down';
  readonly lastHeldAt: Instant | null;
}

export const noMeetings: Taf = { stage: 'none', meetings: [], acceptedAt: null, completedAt: null, lastHeldAt: null };

export const nobody: Around = { people: [], professionals: [] };

const notYet = (meetingId: Uuid): Meeting => ({
  meetingId,
  agreed: nobody,
  invited: nobody,
  viewsOf: nobody,
  heldAt: null,
  attended: nobody,
  shared: false,
});

export const meetingOf = ({ meetings }: Taf, meetingId: Uuid): Meeting =>
  meetings.find((meeting) => meeting.meetingId === meetingId) ?? notYet(meetingId);

export const withMeeting = (taf: Taf, meetingId: Uuid, change: (meeting: Meeting) => Partial<Meeting>): Taf => {
  const before = meetingOf(taf, meetingId);
  const others = taf.meetings.filter((meeting) => meeting.meetingId !== meetingId);
  return { ...taf, meetings: [...others, { ...before, ...change(before) }] };
};

const isAmong = (professionals: readonly Professional[], one: Professional): boolean =>
  professionals.some((other) => sameProfessional(one, other));

/** Those of the first who are not of the second. */
export const without = (these: Around, those: Around): Around => ({
  people: these.people.filter((personId) => !those.people.includes(personId)),
  professionals: these.professionals.filter((one) => !isAmong(those.professionals, one)),
});

/** Both, each once. */
export const together = (these: Around, those: Around): Around => {
  const more = without(those, these);
  return { people: [...these.people, ...more.people], professionals: [...these.professionals, ...more.professionals] };
};

export const headcount = ({ people, professionals }: Around): number => people.length + professionals.length;

/** Everybody who was invited to a meeting or attended one: whom closing tells (EP-04). */
export const involvedIn = ({ meetings }: Taf): Around =>
  meetings.reduce((all, { invited, attended }) => together(together(all, invited), attended), nobody);
