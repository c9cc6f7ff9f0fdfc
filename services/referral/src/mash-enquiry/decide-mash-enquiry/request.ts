import { Code, RecordingRequest, Story } from '@waymark/nest';
import { triageOutcomes, type TriageOutcome } from '@waymark/referral-domain';

export class DecideMashEnquiryRequest extends RecordingRequest {
  @Code(triageOutcomes) outcome!: TriageOutcome;
  @Story() rationale!: string;
}
