import { IdList, RecordingRequest } from '@waymark/nest';

export class UpdateEhaRequest extends RecordingRequest {
  @IdList({ description: 'Who of the family was given a copy.' }) copyGivenTo!: string[];
}
