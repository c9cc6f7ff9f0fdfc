import { Handle, RecordingRequest, Story } from '@waymark/nest';

export class InvolveServiceRequest extends RecordingRequest {
  @Handle() organisation!: string;
  @Story({ description: 'What its part is.' }) part!: string;
}
