import { Id, Story, RecordingRequest } from '@waymark/nest';

export class RecordAbsenceRequest extends RecordingRequest {
  @Id() personId!: string;
  @Story() reason!: string;
}
