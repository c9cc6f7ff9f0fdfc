import { Handle, Id, Story, RecordingRequest } from '@waymark/nest';

export class IdentifyNeedRequest extends RecordingRequest {
  @Handle({ example: 'good-education', description: 'A heading of the outcomes framework.' }) code!: string;
  @Id({ description: 'Whose it is.' }) personId!: string;
  @Story({ optional: true }) description?: string;
}
