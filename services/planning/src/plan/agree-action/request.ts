import { Id } from '@waymark/nest';
import { TermsRequest } from '../terms.js';

export class AgreeActionRequest extends TermsRequest {
  @Id({ optional: true, description: 'The meeting at which it was agreed; left out, between meetings.' }) meetingId?: string;
}
