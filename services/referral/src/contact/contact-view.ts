import type { Recorded } from '@waymark/event-store';
import { withheld, type EventOf, type Shown } from '@waymark/kernel';
import type { Granted } from '@waymark/nest';
import {
  ContactAcknowledged,
  ContactReceived,
  ContactTriaged,
  MashEnquiryRequested,
  ReferrerTold,
  type ContactEvent,
} from '@waymark/referral-domain';

type DataOf<D> = EventOf<D> extends { data: infer Data } ? Data : never;

/**
 * A contact as those who work on it see it. Erased fields read `{ "erased": true }`, a member of the public who made it `{ "withheld": true, "rule": … }`
 * for all but the offices that answer it.
 */
export type ContactView = Partial<Omit<DataOf<typeof ContactReceived>, 'referrer'>> & {
  readonly referrer?: Shown<DataOf<typeof ContactReceived>['referrer']>;
  readonly id: string;
  readonly caseId: string | null;
  readonly version: number;
  readonly reference?: string;
  readonly status: 'received' | 'in-mash-enquiry' | 'triaged';
  readonly mashEnquiryId?: string;
  readonly triage?: DataOf<typeof ContactTriaged>;
  readonly referrerTold?: DataOf<typeof ReferrerTold>;
};

/** Folds a contact's events into what is shown. */
export const contactView = (id: string, events: readonly Recorded[], keptBack: Granted['withheld']): ContactView | undefined => {
  const first = events[0];
  if (!first) return undefined;
  let view: ContactView = { id, caseId: first.caseId, version: 0, status: 'received' };
  for (const event of events) view = { ...show(view, event as unknown as ContactEvent), version: event.version };
  const rule = view.source === 'public' && view.referrer ? keptBack.get('public-referrer') : undefined;
  return rule ? { ...view, referrer: withheld(rule) } : view;
};

const show = (view: ContactView, event: ContactEvent): ContactView => {
  switch (event.type) {
    case ContactReceived.type:
      return { ...view, ...event.data };
    case ContactAcknowledged.type:
      return { ...view, reference: event.data.reference };
    case MashEnquiryRequested.type:
      return { ...view, status: 'in-mash-enquiry', mashEnquiryId: event.data.enquiryId };
    case ContactTriaged.type:
      return { ...view, status: 'triaged', triage: event.data };
    case ReferrerTold.type:
      return { ...view, referrerTold: event.data };
    default:
      return view;
  }
};
