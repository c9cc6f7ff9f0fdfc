import type { OrganisationId, PersonId } from '@waymark/kernel';
import { Code, Handle, ShortText, Part, LongText, type RequestContext } from '@waymark/nest';
import type { ContactSource, ReferrerDetails } from '@waymark/referral-domain';

export class ReferrerRequest {
  @ShortText({ optional: true, example: 'Dana Reyes' }) name?: string;
  @LongText({ optional: true, description: 'How they can be reached.' }) contactDetails?: string;
}

export class ContactSourceRequest {
  @Code(['professional', 'public'], { description: 'A professional, or a member of the public, who may stay anonymous (FD-01).' })
  kind!: 'professional' | 'public';
  @Handle({ optional: true, description: 'For a professional: their organisation; by default that of whoever records the contact.' })
  organisation?: string;
  @Part(() => ReferrerRequest, { optional: true }) referrer?: ReferrerRequest;
}

export const sourceOf = (
  { kind, organisation, referrer }: ContactSourceRequest,
  personId: PersonId,
  { actor }: RequestContext,
): ContactSource => {
  const details: ReferrerDetails | null = referrer
    ? { personId, name: referrer.name ?? null, contactDetails: referrer.contactDetails ?? null }
    : null;
  return kind === 'public'
    ? { kind, referrer: details }
    : { kind, organisation: (organisation ?? actor.organisation) as OrganisationId, referrer: details };
};
