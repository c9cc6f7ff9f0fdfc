import type { Professional } from '@waymark/assessment-domain';
import type { OrganisationId, UserId } from '@waymark/kernel';
import { Handle, type RequestContext } from '@waymark/nest';

export class ProfessionalRequest {
  @Handle() user!: string;
  @Handle() organisation!: string;
}

/** The professional named, or whoever asks. */
export const professionalOf = (named: ProfessionalRequest | undefined, { actor: { user, organisation } }: RequestContext): Professional =>
  named ? { user: named.user as UserId, organisation: named.organisation as OrganisationId } : { user, organisation };
