import { Id, RecordingRequest } from '@waymark/nest';

export class RecordOtherParentRequest extends RecordingRequest {
  @Id() personId!: string;
}
