import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha, family, startOf } from '@waymark/assessment-domain';
import type { CaseId, Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { ConsentReader } from '../../consent/consent-reader.js';
import { professionalOf } from '../../parts/professional.js';
import type { OpenAssessmentRequest } from './request.js';

export class OpenAssessment extends ServiceCommand<OpenAssessmentRequest> {}

/** The family decides whether it may be opened; then the assessment itself is started. Cut off in between, a workflow starts it. */
@CommandHandler(OpenAssessment)
export class OpenAssessmentHandler implements ICommandHandler<OpenAssessment> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly evidence: ConsentReader,
  ) {}

  async execute({ id, request, context }: OpenAssessment): Promise<CommandAnswer> {
    const caseId = request.caseId as CaseId;
    const ehaId = id as Uuid;
    const initiator = professionalOf(request.initiator, context);
    const evidence = await this.evidence.of(caseId, { request, context });
    const opened = await this.runner.begin(
      family,
      caseId,
      { kind: 'OpenAssessment', caseId, ehaId, initiator, evidence },
      { context, request },
    );
    const { state } = await this.runner.peek(family, caseId, context);
    const start = startOf(state, caseId);
    // A repeat of a request whose assessment has been closed since.
    if (start?.ehaId !== ehaId) return { ...opened, id: ehaId };
    // If-Match was about the family's record, and the assessment's has only begun.
    const started = await this.runner.begin(eha, ehaId, start, { context: { ...context, expected: undefined }, request });
    return { ...started, events: [...opened.events, ...started.events] };
  }
}
