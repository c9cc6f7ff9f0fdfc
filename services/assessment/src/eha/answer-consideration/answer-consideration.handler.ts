import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { AnswerConsiderationRequest } from './request.js';

export class AnswerConsideration extends ServiceCommand<AnswerConsiderationRequest> {}

@CommandHandler(AnswerConsideration)
export class AnswerConsiderationHandler implements ICommandHandler<AnswerConsideration> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: AnswerConsideration): Promise<CommandAnswer> {
    const { consideration, answer } = request;
    return this.runner.change(eha, id, ({ caseId }) => ({ kind: 'AnswerConsideration', caseId, consideration, answer }), {
      context,
      request,
    });
  }
}
