import { RecordingRequest, Story } from '@waymark/nest';

export class RecordSupervisionRequest extends RecordingRequest {
  @Story() discussion!: string;
  @Story({ optional: true, description: 'The direction that was given.' }) direction?: string;
}
