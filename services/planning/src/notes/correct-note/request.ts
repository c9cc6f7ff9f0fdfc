import { RecordingRequest, Story } from '@waymark/nest';

export class CorrectNoteRequest extends RecordingRequest {
  @Story() text!: string;
  @Story() why!: string;
}
