import { RecordingRequest, Story } from '@waymark/nest';

export class DeclineLeadProfessionalRequest extends RecordingRequest {
  @Story() why!: string;
}
