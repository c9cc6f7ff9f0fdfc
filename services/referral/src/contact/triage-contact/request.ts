import { Code, HandleList, Part, RecordingRequest, Story, YesNo } from '@waymark/nest';
import { thresholdLevels, type ThresholdLevel } from '@waymark/policy';
import { triageOutcomes, type TriageOutcome } from '@waymark/referral-domain';

export class ThresholdRequest {
  @Code(thresholdLevels) level!: ThresholdLevel;
  @YesNo({ optional: true, description: 'At the top of its level (FD-10).' }) topOfLevel?: boolean;
  @HandleList({ description: 'The indicators that were seen.' }) indicators!: string[];
  @Story({ description: "The professional's own reasoning: the tool never decides." }) reasoning!: string;
}

export class TriageContactRequest extends RecordingRequest {
  @Code(triageOutcomes) outcome!: TriageOutcome;
  @Story() rationale!: string;
  @Part(() => ThresholdRequest, { optional: true }) threshold?: ThresholdRequest;
}
