import { Injectable } from '@nestjs/common';
import { consent, evidenceOf, type ConsentEvidence } from '@waymark/assessment-domain';
import { CommandRunner, type RecordingRequest } from '@waymark/nest';

/** What a decision about an assessment takes from the case's consent ledger, and the version that it read. */
@Injectable()
export class ConsentReader {
  constructor(private readonly runner: CommandRunner) {}

  /** As of the moment that the request tells of. */
  async of(caseId: string, request: RecordingRequest): Promise<ConsentEvidence> {
    const { state, version } = await this.runner.peek(consent, caseId);
    return evidenceOf(state.subject, version, this.runner.momentOf(request));
  }
}
