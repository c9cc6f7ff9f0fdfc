import { Handle, Line, Moment, RecordingRequest } from '@waymark/nest';

export class AskAgencyRequest extends RecordingRequest {
  @Handle({ description: "One of the MASH's partners in the authority's policy pack (FD-05).", example: 'police' }) agency!: string;
  @Handle({ optional: true, description: 'Which organisation of it, where there are several.' }) organisation?: string;
  @Line({ description: 'What is asked.' }) question!: string;
  @Moment({ optional: true }) replyBy?: string;
}
