import { Code, Story, RecordingRequest } from '@waymark/nest';
import { checkResults, type CheckResult } from '@waymark/assessment-domain';

export class RecordHubCheckRequest extends RecordingRequest {
  @Code(checkResults) safeguarding!: CheckResult;
  @Code(checkResults) quality!: CheckResult;
  @Story({ optional: true }) note?: string;
  @Code(['accepted', 'returned', 'escalated']) outcome!: 'accepted' | 'returned' | 'escalated';
  @Story({ optional: true, description: 'Why it is returned, or escalated to the MASH.' }) reasons?: string;
}
