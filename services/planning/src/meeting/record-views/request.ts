import type { PersonId } from '@waymark/kernel';
import { Conditions, exactlyOneOf, Id, Part, RecordingRequest, Story } from '@waymark/nest';
import type { RecordViews } from '@waymark/planning-domain';
import { oneOf } from '../../shared/one-of.js';
import { professional, ProfessionalAroundRequest } from '../../shared/requests.js';

@Conditions(exactlyOneOf(['personId'], ['professional']))
export class RecordViewsRequest extends RecordingRequest {
  @Id({ optional: true, description: 'A member of the family; or else a professional.' }) personId?: string;
  @Part(() => ProfessionalAroundRequest, { optional: true }) professional?: ProfessionalAroundRequest;
  @Story() views!: string;
}

export const whoseViews = (request: RecordViewsRequest): RecordViews['of'] =>
  oneOf(
    request,
    (personId) => ({ personId: personId as PersonId }),
    (one) => ({ professional: professional(one) }),
  );
