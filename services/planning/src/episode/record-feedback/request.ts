import { Id, RecordingRequest, Story } from '@waymark/nest';

export class RecordFeedbackRequest extends RecordingRequest {
  @Id() personId!: string;
  @Story() feedback!: string;
}
