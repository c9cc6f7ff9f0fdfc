import { Code, Handle, RecordingRequest, Story } from '@waymark/nest';
import { hubEnds, type HubEnd } from '@waymark/referral-domain';

export class DecideHubEnquiryRequest extends RecordingRequest {
  @Code(hubEnds, { description: 'An assessment is recommended to a named agency, advice, or back to the MASH (FD-06).' }) end!: HubEnd;
  @Handle({ optional: true, description: 'To whom an assessment is recommended.' }) agency?: string;
  @Story() rationale!: string;
}
