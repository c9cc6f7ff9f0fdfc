import { RecordingRequest, Story } from '@waymark/nest';

export class CompleteActionRequest extends RecordingRequest {
  @Story() outcome!: string;
}
