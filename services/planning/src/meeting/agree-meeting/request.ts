import { Id } from '@waymark/nest';
import { AroundRecordingRequest } from '../../shared/requests.js';

export class AgreeMeetingRequest extends AroundRecordingRequest {
  @Id({ optional: true, description: 'The member of the family who agreed.' }) agreedBy?: string;
}
