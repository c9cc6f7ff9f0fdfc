import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { family } from '@waymark/assessment-domain';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { CloseAssessmentRequest } from './request.js';

export class CloseAssessment extends ServiceCommand<CloseAssessmentRequest> {}

@CommandHandler(CloseAssessment)
export class CloseAssessmentHandler implements ICommandHandler<CloseAssessment> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: CloseAssessment): Promise<CommandAnswer> {
    const { ehaId, reason } = request;
    return this.runner.change(family, id, ({ caseId }) => ({ kind: 'CloseAssessment', caseId, ehaId: ehaId as Uuid, reason }), {
      context,
      request,
    });
  }
}
