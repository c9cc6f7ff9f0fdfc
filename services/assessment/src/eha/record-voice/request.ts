import { Id, Story, RecordingRequest } from '@waymark/nest';

export class RecordVoiceRequest extends RecordingRequest {
  @Id() personId!: string;
  @Story() words!: string;
}
