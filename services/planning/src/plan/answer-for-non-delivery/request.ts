import { RecordingRequest, Story } from '@waymark/nest';

export class AnswerForNonDeliveryRequest extends RecordingRequest {
  @Story() answer!: string;
}
