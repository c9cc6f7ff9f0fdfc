import { Code, Handle, Line, RecordingRequest, Story } from '@waymark/nest';

export class RecordAgencyReplyRequest extends RecordingRequest {
  @Handle() agency!: string;
  @Handle({ optional: true }) organisation?: string;
  @Code(['shared', 'refused', 'silent']) kind!: 'shared' | 'refused' | 'silent';
  @Story({ optional: true, description: 'For shared: what was shared.' }) shared?: string;
  @Line({ optional: true, description: 'For shared: the basis on which it was.' }) basis?: string;
  @Story({ optional: true, description: 'For refused: why.' }) reason?: string;
}
