import { Id, Story, RecordingRequest } from '@waymark/nest';

export class RaiseSafetyConcernRequest extends RecordingRequest {
  @Id({ description: 'Whom it is about.' }) personId!: string;
  @Story() concern!: string;
}
