import { RecordingRequest, Story } from '@waymark/nest';

export class EndServiceRequest extends RecordingRequest {
  @Story() outcome!: string;
}
