import { day, type PersonId, type Uuid } from '@waymark/kernel';
import { CalendarDay, Conditions, exactlyOneOf, Handle, Id, Part, RecordingRequest, LongText, YesNo, badRequest } from '@waymark/nest';
import type { Owner, Terms } from '@waymark/planning-domain';
import { professional } from '../shared/requests.js';

@Conditions(exactlyOneOf(['personId'], ['user', 'organisation']))
export class OwnerRequest {
  @Handle({ optional: true, description: 'A professional, with their organisation.' }) user?: string;
  @Handle({ optional: true }) organisation?: string;
  @Id({ optional: true, description: 'Or a member of the family.' }) personId?: string;
}

/** The parts of a SMART action. A missing one is refused by the rule, not by the form (PLAN-01). */
export class TermsRequest extends RecordingRequest {
  @Id({ optional: true, description: 'The need of the assessment that it answers.' }) needId?: string;
  @LongText({ optional: true }) what?: string;
  @LongText({ optional: true }) why?: string;
  @LongText({ optional: true, description: 'How it will be known to have worked.' }) howKnown?: string;
  @LongText({ optional: true }) means?: string;
  @Part(() => OwnerRequest, { optional: true }) owner?: OwnerRequest;
  @YesNo({ optional: true }) ownerAgreed?: boolean;
  @CalendarDay({ optional: true, description: 'The last day.' }) by?: string;
}

export const terms = ({ needId, what, why, howKnown, means, owner, ownerAgreed, by }: TermsRequest): Terms => ({
  ...{ what, why, howKnown, means, ownerAgreed },
  needId: needId as Uuid | undefined,
  owner: owner && ownerOf(owner),
  by: by === undefined ? undefined : day(by),
});

/** @throws Problem 400 when it names neither a professional nor a member of the family, or both */
const ownerOf = ({ user, organisation, personId }: OwnerRequest): Owner => {
  if (personId !== undefined && user === undefined && organisation === undefined) return { personId: personId as unknown as PersonId };
  if (personId === undefined && user !== undefined && organisation !== undefined) return professional({ user, organisation });
  throw badRequest('owner names a user with their organisation, or a person of the family', { field: 'owner' });
};
