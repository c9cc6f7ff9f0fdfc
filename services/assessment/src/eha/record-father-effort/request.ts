import { Story, RecordingRequest } from '@waymark/nest';

export class RecordFatherEffortRequest extends RecordingRequest {
  @Story() effort!: string;
}
