import { Code, RecordingRequest, Story } from '@waymark/nest';
import { endings, type Ending } from '@waymark/planning-domain';

export class EndActionRequest extends RecordingRequest {
  @Code(endings) because!: Ending;
  @Story() why!: string;
}
