import { RecordingRequest, Story } from '@waymark/nest';

export class WithdrawRequestRequest extends RecordingRequest {
  @Story() reasons!: string;
}
