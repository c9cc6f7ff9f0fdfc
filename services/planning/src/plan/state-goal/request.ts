import { Id, RecordingRequest, Story } from '@waymark/nest';

export class StateGoalRequest extends RecordingRequest {
  @Id() personId!: string;
  @Story() words!: string;
}
