import type { ConsentNeeds } from '@waymark/consent';
import type { OrganisationId } from '@waymark/kernel';
import type { Professional } from '../shared/fields.js';
import type { TafCommand } from './commands.js';
import type { Taf } from './state.js';

const organisationsOf = (professionals: readonly Professional[]): readonly OrganisationId[] => [
  ...new Set(professionals.map(({ organisation }) => organisation)),
];

/** CON-16: what meetings need of consent, one entry a command. Whoever is asked to come has not agreed to anything yet. */
export const consentNeeds: ConsentNeeds<TafCommand, Taf> = {
  ExpectFirstMeeting: 'follows',
  NoteEhaAccepted: 'follows',
  AgreeInvitees: () => ({ action: 'plan' }),
  InviteToTaf: ({ professionals }) => ({ action: 'share', with: { professionals: organisationsOf(professionals) } }),
  RecordViews: ({ of }) => ({
    action: 'write',
    ...('personId' in of ? { about: { personId: [of.personId] } } : { with: { professional: [of.professional.organisation] } }),
  }),
  HoldTaf: ({ attended, represented }) => ({
    action: 'write',
    about: { 'attended.people': attended.people.map(({ personId }) => personId), represented: represented.map(({ personId }) => personId) },
    with: { 'attended.professionals': organisationsOf(attended.professionals) },
  }),
  ShareRecord: ({ professionals }) => ({ action: 'share', with: { professionals: organisationsOf(professionals) } }),
  StandDownMeetings: 'follows',
  TakeUpMeetings: 'follows',
};
