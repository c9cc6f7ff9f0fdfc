import type { PersonId } from '@waymark/kernel';
import { Conditions, exactlyOneOf, Code, Id, Part, PartList } from '@waymark/nest';
import { withholdings, type ShareRecord, type Withholding } from '@waymark/planning-domain';
import { oneOf } from '../../shared/one-of.js';
import { AroundRecordingRequest, professional, ProfessionalAroundRequest } from '../../shared/requests.js';

@Conditions(exactlyOneOf(['personId'], ['professional']))
export class WithheldRequest {
  @Id({ optional: true }) personId?: string;
  @Part(() => ProfessionalAroundRequest, { optional: true }) professional?: ProfessionalAroundRequest;
  @Code(withholdings) because!: Withholding;
}

export class ShareRecordRequest extends AroundRecordingRequest {
  @PartList(() => WithheldRequest, { optional: true, description: 'Who attended or was invited and may not receive it.' })
  withheld?: WithheldRequest[];
}

export const withheld = ({ withheld = [] }: ShareRecordRequest): ShareRecord['withheld'] =>
  withheld.map((one) =>
    oneOf(
      one,
      (personId) => ({ personId: personId as PersonId, because: one.because }),
      (who) => ({ professional: professional(who), because: one.because }),
    ),
  );
