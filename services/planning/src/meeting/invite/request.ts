import { Moment } from '@waymark/nest';
import { AroundRecordingRequest } from '../../shared/requests.js';

export class InviteRequest extends AroundRecordingRequest {
  @Moment({ description: 'When the meeting is to be held.' }) plannedFor!: string;
}
