import { Id, Whole, RecordingRequest } from '@waymark/nest';

export class AgreeVersionRequest extends RecordingRequest {
  @Whole({ min: 0, max: 1_000_000, description: 'The `contentVersion` that was seen.' }) version!: number;
  @Id({ description: 'Who of the family agreed.' }) by!: string;
}
