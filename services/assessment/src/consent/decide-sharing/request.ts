import { Handle, HandleList, IdList, Story, YesNo, RecordingRequest } from '@waymark/nest';

export class DecideSharingRequest extends RecordingRequest {
  @YesNo({ description: 'No: a decision not to share.' }) share!: boolean;
  @Story({ optional: true }) what?: string;
  @Story({ optional: true }) why?: string;
  @IdList({ optional: true, description: 'Whom the information is about.' }) about?: string[];
  @HandleList({ optional: true, description: 'With whom.' }) agencies?: string[];
  @Handle({ optional: true, example: 'safeguarding-children', description: "One of the authority's bases and duties." }) basis?: string;
  @Story({ optional: true, description: 'Views that were sought, or why not.' }) viewsSought?: string;
}
