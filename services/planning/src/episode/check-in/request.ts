import { RecordingRequest, Story } from '@waymark/nest';

export class CheckInRequest extends RecordingRequest {
  @Story() discussion!: string;
}
