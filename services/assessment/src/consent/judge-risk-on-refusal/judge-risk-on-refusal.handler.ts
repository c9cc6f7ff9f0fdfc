import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer, type RequestContext } from '@waymark/nest';
import type { JudgeRiskOnRefusalRequest } from './request.js';

export class JudgeRiskOnRefusal extends ServiceCommand<JudgeRiskOnRefusalRequest> {
  constructor(
    caseId: string,
    readonly refusalId: string,
    request: JudgeRiskOnRefusalRequest,
    context: RequestContext,
  ) {
    super(caseId, request, context);
  }
}

@CommandHandler(JudgeRiskOnRefusal)
export class JudgeRiskOnRefusalHandler implements ICommandHandler<JudgeRiskOnRefusal> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, refusalId, request, context }: JudgeRiskOnRefusal): Promise<CommandAnswer> {
    return this.runner.change(
      consent,
      id,
      ({ caseId }) => ({
        kind: 'JudgeRiskOnRefusal',
        caseId,
        refusalId: refusalId as Uuid,
        significantHarmLikely: request.significantHarmLikely,
        rationale: request.rationale,
      }),
      { context, request },
    );
  }
}
