import { RecordingRequest, Story } from '@waymark/nest';

export class ReopenEpisodeRequest extends RecordingRequest {
  @Story({ optional: true }) reason?: string;
}
