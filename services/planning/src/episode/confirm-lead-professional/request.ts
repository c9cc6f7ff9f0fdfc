import { Id, IdList, Part, RecordingRequest, Story, YesNo } from '@waymark/nest';
import { ProfessionalAroundRequest } from '../../shared/requests.js';

export class ConfirmLeadProfessionalRequest extends RecordingRequest {
  @Id({ description: 'The meeting at which it is decided.' }) meetingId!: string;
  @Part(() => ProfessionalAroundRequest) leadProfessional!: ProfessionalAroundRequest;
  @IdList({ description: 'The members of the family who agreed.' }) agreedBy!: string[];
  @YesNo({ optional: true, description: 'Whether somebody new has taken it on (LP-03).' }) accepted?: boolean;
  @Story({ optional: true }) why?: string;
}
