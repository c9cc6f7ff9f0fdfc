import { Id, RecordingRequest } from '@waymark/nest';

export class NameChildRequest extends RecordingRequest {
  @Id() childId!: string;
}
