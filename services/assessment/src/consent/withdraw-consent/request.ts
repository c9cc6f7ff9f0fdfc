import { HandleList, Id, Story, RecordingRequest } from '@waymark/nest';

export class WithdrawConsentRequest extends RecordingRequest {
  @Id({ description: 'Whoever gave it.' }) by!: string;
  @HandleList({ optional: true, min: 1, description: 'For these agencies; left out, for all.' }) agencies?: string[];
  @Story({ optional: true }) reason?: string;
}
