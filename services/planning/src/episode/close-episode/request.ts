import { Handle, Part, RecordingRequest, Story } from '@waymark/nest';
import { AroundRequest } from '../../shared/requests.js';

export class CloseEpisodeRequest extends RecordingRequest {
  @Handle({ optional: true, description: "A reason of the authority's list.", example: 'met-by-universal-services' }) reason?: string;
  @Story({ optional: true }) presentCircumstances?: string;
  @Story({ optional: true }) supportGiven?: string;
  @Part(() => AroundRequest, { optional: true, description: 'All who were involved are told.' }) told?: AroundRequest;
}
