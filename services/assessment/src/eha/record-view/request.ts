import { Id, Story, RecordingRequest } from '@waymark/nest';

export class RecordViewRequest extends RecordingRequest {
  @Id({ description: 'Who holds it.' }) personId!: string;
  @Story() view!: string;
  @Story({ optional: true }) evidence?: string;
}
