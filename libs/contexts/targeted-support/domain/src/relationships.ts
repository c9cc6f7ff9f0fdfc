import { begins, tellsRelationships } from '@waymark/access';
import { RequestSubmitted, SupportAllocated } from './request/events.js';

/** With whom a request is shared (TS-03), and to whom it was allocated (TS-04). */
export const targetedSupportRelationships = tellsRelationships([RequestSubmitted, SupportAllocated], (event) => {
  const { occurredAt: from } = event;
  const on = event.data.requestId;
  switch (event.type) {
    case RequestSubmitted.type:
      return event.data.sharedWith.map((organisation) => begins('request-recipient', { organisation }, { on, from }));
    case SupportAllocated.type:
      return [begins('provider', event.data, { on, from })];
  }
});
