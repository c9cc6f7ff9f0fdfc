import { Handle, RecordingRequest, Story, YesNo } from '@waymark/nest';

export class RaiseNonDeliveryRequest extends RecordingRequest {
  @Story() concern!: string;
  @Handle({ optional: true, description: 'The line manager who was told.' }) lineManager?: string;
  @YesNo() targetedSupportTold!: boolean;
}
