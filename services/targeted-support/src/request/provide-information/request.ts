import { HandleList, IdList, RecordingRequest, Story } from '@waymark/nest';

/** What is left out stays as it was asked. */
export class ProvideInformationRequest extends RecordingRequest {
  @Story() information!: string;
  @IdList({ optional: true, description: 'Needs of the assessment, in place of those named before (TS-02).' }) needs?: string[];
  @HandleList({ optional: true, description: 'Kinds of support, in place of those named before (TS-05).' }) kinds?: string[];
  @HandleList({ optional: true, description: 'Organisations that the request is shared with, in place of those named before (TS-03).' })
  sharedWith?: string[];
}
