import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import { type PersonId, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { IdentifyNeedRequest } from './request.js';

export class IdentifyNeed extends ServiceCommand<IdentifyNeedRequest> {}

@CommandHandler(IdentifyNeed)
export class IdentifyNeedHandler implements ICommandHandler<IdentifyNeed> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: IdentifyNeed): Promise<CommandAnswer> {
    const { code, personId, description } = request;
    return this.runner.change(
      eha,
      id,
      ({ caseId }) => ({
        kind: 'IdentifyNeed',
        caseId,
        needId: derivedId(context.commandId, 'need'),
        code,
        personId: personId as PersonId,
        description: description ?? null,
      }),
      { context, request },
    );
  }
}
