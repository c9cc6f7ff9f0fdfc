import type { Uuid } from '@waymark/kernel';

interface HubEnquiryFacts {
  readonly hubEnquiryId: Uuid;
  readonly contactId: Uuid;
}

export type HubEnquiry = { readonly status: 'none' } | (HubEnquiryFacts & { readonly status: 'open' | 'decided' });

export const noHubEnquiry: HubEnquiry = { status: 'none' };
