import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import { type PersonId, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RecordNetworkRequest } from './request.js';

export class RecordNetwork extends ServiceCommand<RecordNetworkRequest> {}

@CommandHandler(RecordNetwork)
export class RecordNetworkHandler implements ICommandHandler<RecordNetwork> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RecordNetwork): Promise<CommandAnswer> {
    const { supporterId, name, relationship, help } = request;
    return this.runner.change(
      eha,
      id,
      ({ caseId }) => ({
        kind: 'RecordNetwork',
        caseId,
        supporterId: (supporterId ?? derivedId(context.commandId, 'person')) as unknown as PersonId,
        name,
        relationship,
        help,
      }),
      { context, request },
    );
  }
}
