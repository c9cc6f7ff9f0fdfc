import { Id, Part, RecordingRequest, Story } from '@waymark/nest';
import { ProfessionalAroundRequest } from '../../shared/requests.js';

export class ProposeLeadProfessionalRequest extends RecordingRequest {
  @Part(() => ProfessionalAroundRequest) leadProfessional!: ProfessionalAroundRequest;
  @Id({ optional: true, description: "The family's consent to a change of Lead Professional (CON-14)." }) consentId?: string;
  @Story() why!: string;
}
