import { Code, Id, RecordingRequest } from '@waymark/nest';

export class CloseAssessmentRequest extends RecordingRequest {
  @Id({ description: 'The assessment that is open for the family.' }) ehaId!: string;
  @Code(['consent-withdrawn', 'opened-in-error']) reason!: 'consent-withdrawn' | 'opened-in-error';
}
