import { Handle, Story, RecordingRequest } from '@waymark/nest';

export class AnswerConsiderationRequest extends RecordingRequest {
  @Handle({ example: 'needs-of-all-members', description: "One of the authority's considerations." }) consideration!: string;
  @Story() answer!: string;
}
