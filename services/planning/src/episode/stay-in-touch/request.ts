import { RecordingRequest, Story } from '@waymark/nest';

export class StayInTouchRequest extends RecordingRequest {
  @Story() account!: string;
}
