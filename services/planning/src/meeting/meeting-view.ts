import type { Recorded } from '@waymark/event-store';
import { reveal } from '@waymark/kernel';
import { tafEvents, type TafEvent } from '@waymark/planning-domain';

type DataOf<D extends { readonly schema: { parse(data: unknown): unknown } }> = ReturnType<D['schema']['parse']>;

/** A meeting as those who were there see it, from the first talk of it to the sharing of its record. */
export interface MeetingView {
  readonly meetingId: string;
  readonly status: 'planned' | 'held';
  readonly invited: readonly DataOf<typeof tafEvents.TafInvitationsSent>[];
  readonly views: readonly (DataOf<typeof tafEvents.ViewsRecorded> | DataOf<typeof tafEvents.ProfessionalViewsRecorded>)[];
  readonly held?: DataOf<typeof tafEvents.TafHeld>;
  readonly reviewWindow?: { readonly from: string; readonly by: string };
  /** What the meeting left out (TAF-05, TAF-07, TAF-08). */
  readonly prompts: readonly string[];
  readonly shared?: DataOf<typeof tafEvents.TafRecordShared>;
}

/** Folds the meetings of an episode from its events. */
export const meetingViews = (events: readonly Recorded[]): readonly MeetingView[] => {
  const views = new Map<string, MeetingView>();
  for (const event of events as unknown as readonly TafEvent[]) {
    const meetingId = 'meetingId' in event.data ? event.data.meetingId : null;
    if (meetingId === null) continue;
    const before = views.get(meetingId) ?? { meetingId, status: 'planned', invited: [], views: [], prompts: [] };
    views.set(meetingId, show(before, event));
  }
  return [...views.values()];
};

const show = (view: MeetingView, event: TafEvent): MeetingView => {
  switch (event.type) {
    case tafEvents.TafInvitationsSent.type:
      return { ...view, invited: [...view.invited, event.data] };
    case tafEvents.ViewsRecorded.type:
    case tafEvents.ProfessionalViewsRecorded.type:
      return { ...view, views: [...view.views, event.data] };
    case tafEvents.TafHeld.type:
      return { ...view, status: 'held', held: event.data };
    case tafEvents.ReviewWindowSet.type:
      return { ...view, reviewWindow: { from: event.data.from, by: event.data.by } };
    case tafEvents.ViewsMissing.type:
      return { ...view, prompts: [...view.prompts, 'views-missing'] };
    case tafEvents.TopicsMissing.type:
      return { ...view, prompts: [...view.prompts, ...reveal(event.data.topics, ['(erased)']).map((topic) => `topic-missing: ${topic}`)] };
    case tafEvents.ImpactMissing.type:
      return { ...view, prompts: [...view.prompts, 'impact-missing'] };
    case tafEvents.TafRecordShared.type:
      return { ...view, shared: event.data };
    default:
      return view;
  }
};
