import { RecordingRequest, Story } from '@waymark/nest';

export class AddNoteRequest extends RecordingRequest {
  @Story() text!: string;
}
