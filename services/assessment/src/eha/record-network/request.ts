import { Id, Line, Story, RecordingRequest } from '@waymark/nest';

export class RecordNetworkRequest extends RecordingRequest {
  @Id({ optional: true, description: 'Where the person is known already; left out, they are new.' }) supporterId?: string;
  @Line() name!: string;
  @Line({ description: 'To the family.' }) relationship!: string;
  @Story() help!: string;
}
