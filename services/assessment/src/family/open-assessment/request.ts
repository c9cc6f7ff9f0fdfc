import { Id, Part, RecordingRequest } from '@waymark/nest';
import { ProfessionalRequest } from '../../parts/professional.js';

export class OpenAssessmentRequest extends RecordingRequest {
  @Id() caseId!: string;
  @Part(() => ProfessionalRequest, {
    optional: true,
    description: 'Of any partner agency; Lead Professional until the first TAF (EHA-02). By default whoever asks.',
  })
  initiator?: ProfessionalRequest;
}
