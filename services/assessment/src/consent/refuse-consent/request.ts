import { CalendarDay, Handle, Part, Story, RecordingRequest } from '@waymark/nest';
import { GiverRequest } from '../parts/giver.js';

export class RefuseConsentRequest extends RecordingRequest {
  @Part(() => GiverRequest) giver!: GiverRequest;
  @Handle({ example: 'take-part-in-early-help' }) purpose!: string;
  @Story({ optional: true }) reasons?: string;
  @Story({ optional: true }) reassurance?: string;
  @Story({ optional: true, description: 'The universal support that was offered instead.' }) alternatives?: string;
  @CalendarDay({ optional: true }) askAgainOn?: string;
}
