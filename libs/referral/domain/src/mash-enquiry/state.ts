import type { Instant, OrganisationId, Uuid } from '@waymark/kernel';

export type Answer = 'awaited' | 'shared' | 'refused' | 'silent';

export interface Asked {
  readonly agency: string;
  readonly organisation: OrganisationId | null;
  readonly replyBy: Instant | null;
  readonly answer: Answer;
}

export interface OpenEnquiry {
  readonly enquiryId: Uuid;
  readonly contactId: Uuid;
  readonly asked: readonly Asked[];
}

export type MashEnquiry = { readonly status: 'none' } | (OpenEnquiry & { readonly status: 'open' | 'decided' });

export const noEnquiry: MashEnquiry = { status: 'none' };

type Which = Pick<Asked, 'agency' | 'organisation'>;

export const isSame = (one: Which, other: Which): boolean => one.agency === other.agency && one.organisation === other.organisation;
