import { Story, YesNo, RecordingRequest } from '@waymark/nest';

export class JudgeRiskOnRefusalRequest extends RecordingRequest {
  @YesNo() significantHarmLikely!: boolean;
  @Story() rationale!: string;
}
