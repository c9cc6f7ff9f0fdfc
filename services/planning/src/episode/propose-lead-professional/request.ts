import { Id, Part, RecordingRequest, Story } from '@waymark/nest';
import { ProfessionalRequest } from '../../shared/requests.js';

export class ProposeLeadProfessionalRequest extends RecordingRequest {
  @Part(() => ProfessionalRequest) leadProfessional!: ProfessionalRequest;
  @Id({ optional: true, description: "The family's consent to a change of Lead Professional (CON-14)." }) consentId?: string;
  @Story() why!: string;
}
