import { Code, Id, Story, RecordingRequest } from '@waymark/nest';
import { headings } from '@waymark/assessment-domain';

export class ContributeSectionRequest extends RecordingRequest {
  @Code(headings) heading!: (typeof headings)[number];
  @Story() text!: string;
  @Id({ optional: true, description: 'The section that this one corrects.' }) corrects?: string;
}
