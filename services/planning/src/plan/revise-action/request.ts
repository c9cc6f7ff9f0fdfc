import { Story } from '@waymark/nest';
import { TermsRequest } from '../terms.js';

export class ReviseActionRequest extends TermsRequest {
  @Story() whyRevised!: string;
}
