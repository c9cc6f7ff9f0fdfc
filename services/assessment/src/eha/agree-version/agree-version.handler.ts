import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { AgreeVersionRequest } from './request.js';

export class AgreeVersion extends ServiceCommand<AgreeVersionRequest> {}

@CommandHandler(AgreeVersion)
export class AgreeVersionHandler implements ICommandHandler<AgreeVersion> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: AgreeVersion): Promise<CommandAnswer> {
    const { version, by } = request;
    return this.runner.change(eha, id, ({ caseId }) => ({ kind: 'AgreeVersion', caseId, version, by: by as PersonId }), {
      context,
      request,
    });
  }
}
