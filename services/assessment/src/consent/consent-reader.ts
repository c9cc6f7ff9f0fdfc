import { Injectable } from '@nestjs/common';
import { consent, evidenceOf, type ConsentEvidence } from '@waymark/assessment-domain';
import { CommandRunner, type RecordingRequest, type RequestContext } from '@waymark/nest';

interface Asked {
  readonly request: RecordingRequest;
  readonly context: RequestContext;
}

/** What a decision about an assessment takes from the case's consent ledger, and the version that it read. */
@Injectable()
export class ConsentReader {
  constructor(private readonly runner: CommandRunner) {}

  /** As of the moment that the request tells of. */
  async of(caseId: string, { request, context }: Asked): Promise<ConsentEvidence> {
    const { state, version } = await this.runner.findOptional(consent, caseId, context);
    return evidenceOf(state.subject, version, this.runner.momentOf(request));
  }
}
