import type { Fact } from '@waymark/kernel';
import type { TafEvent } from './events.js';
import { nobody, together, withMeeting, type Taf } from './state.js';

type Held = Extract<TafEvent, { type: 'planning.TafHeld.v1' }>;

export const evolve = (taf: Taf, event: Fact<TafEvent>): Taf => {
  switch (event.type) {
    case 'planning.FirstMeetingExpected.v1':
      return { ...taf, stage: 'waiting', completedAt: event.data.completedAt };
    case 'planning.MeetingsCleared.v1':
      return { ...taf, acceptedAt: event.data.acceptedAt };
    case 'planning.InviteesAgreed.v1':
      return withMeeting(taf, event.data.meetingId, ({ agreed }) => ({ agreed: together(agreed, event.data) }));
    case 'planning.TafInvitationsSent.v1':
      return withMeeting(taf, event.data.meetingId, ({ invited }) => ({ invited: together(invited, event.data) }));
    case 'planning.ViewsRecorded.v1':
      return withMeeting(taf, event.data.meetingId, ({ viewsOf }) => ({
        viewsOf: together(viewsOf, { ...nobody, people: [event.data.personId] }),
      }));
    case 'planning.ProfessionalViewsRecorded.v1':
      return withMeeting(taf, event.data.meetingId, ({ viewsOf }) => ({
        viewsOf: together(viewsOf, { ...nobody, professionals: [event.data.professional] }),
      }));
    case 'planning.TafHeld.v1':
      return held(taf, event.data);
    case 'planning.TafRecordShared.v1':
      return withMeeting(taf, event.data.meetingId, () => ({ shared: true }));
    case 'planning.MeetingsStoodDown.v1':
      return { ...taf, stage: 'stood-down' };
    case 'planning.MeetingsTakenUp.v1':
      return { ...taf, stage: taf.lastHeldAt ? 'reviewing' : 'waiting' };
    default:
      return taf;
  }
};

const held = (taf: Taf, { meetingId, heldAt, attended }: Held['data']): Taf => ({
  ...withMeeting(taf, meetingId, () => ({
    heldAt,
    attended: { people: attended.people.map(({ personId }) => personId), professionals: attended.professionals },
  })),
  stage: 'reviewing',
  lastHeldAt: taf.lastHeldAt && taf.lastHeldAt > heldAt ? taf.lastHeldAt : heldAt,
});
