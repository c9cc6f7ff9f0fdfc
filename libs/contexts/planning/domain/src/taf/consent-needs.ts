import type { ConsentNeeds } from '@waymark/consent';
import type { OrganisationId, PersonId, Uuid } from '@waymark/kernel';
import { endOfLondonDay, londonDay } from '@waymark/policy';
import type { Professional } from '../shared/fields.js';
import type { TafCommand } from './commands.js';
import { meetingOf, type Taf } from './state.js';

const organisationsOf = (professionals: readonly Professional[]): readonly OrganisationId[] => [
  ...new Set(professionals.map(({ organisation }) => organisation)),
];

/** Everybody of the family whom a meeting is around: an agency that is asked to it learns of them, whomever a command names. */
const around =
  ({ meetingId }: { readonly meetingId: Uuid }) =>
  (taf: Taf): readonly PersonId[] => {
    const { agreed, invited, viewsOf, attended } = meetingOf(taf, meetingId);
    return [...new Set([agreed, invited, viewsOf, attended].flatMap(({ people }) => people))];
  };

/** Whom a meeting's record is about: who was there, and who had their views put to it. */
const recordedIn = (taf: Taf, meetingId: Uuid): readonly PersonId[] => {
  const { attended, viewsOf } = meetingOf(taf, meetingId);
  return [...new Set([...attended.people, ...viewsOf.people])];
};

/** CON-16: what meetings need of consent, one entry a command. Whoever is asked to come has not agreed to anything yet. */
export const consentNeeds: ConsentNeeds<TafCommand, Taf> = {
  ExpectFirstMeeting: 'follows',
  NoteEhaAccepted: 'follows',
  AgreeInvitees: () => ({ action: 'plan' }),
  // Who is invited by themselves is only asked; who is named to an agency is shared with it.
  InviteToTaf: (command) =>
    command.professionals.length === 0
      ? { action: 'share' }
      : {
          action: 'share',
          about: { people: command.people },
          with: { professionals: organisationsOf(command.professionals) },
          alsoAbout: around(command),
        },
  RecordViews: (command) => ({
    action: 'write',
    ...('personId' in command.of
      ? { about: { personId: [command.of.personId] } }
      : { with: { professional: [command.of.professional.organisation] }, alsoAbout: around(command) }),
  }),
  HoldTaf: (command) => ({
    action: 'write',
    // Who was there, and whose views were put to it: whoever was asked and stayed away holds up no record of it.
    about: (taf) => ({
      'attended.people': command.attended.people.map(({ personId }) => personId),
      represented: command.represented.map(({ personId }) => personId),
      meetingId: meetingOf(taf, command.meetingId).viewsOf.people,
    }),
    with: { 'attended.professionals': organisationsOf(command.attended.professionals) },
    // Who signs at the meeting is entered after its beginning: the day counts.
    happened: { at: command.heldAt, agreedBy: endOfLondonDay(londonDay(command.heldAt)) },
  }),
  ShareRecord: (command) => ({
    action: 'share',
    about: (taf) => ({ meetingId: recordedIn(taf, command.meetingId) }),
    with: { professionals: organisationsOf(command.professionals) },
  }),
  StandDownMeetings: 'follows',
  TakeUpMeetings: 'follows',
};
