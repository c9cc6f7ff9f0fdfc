import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { NameChildRequest } from './request.js';

export class NameChild extends ServiceCommand<NameChildRequest> {}

@CommandHandler(NameChild)
export class NameChildHandler implements ICommandHandler<NameChild> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: NameChild): Promise<CommandAnswer> {
    const { childId } = request;
    return this.runner.change(eha, id, ({ caseId }) => ({ kind: 'NameChild', caseId, childId: childId as PersonId }), { context, request });
  }
}
