import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import { type PersonId, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RaiseSafetyConcernRequest } from './request.js';

export class RaiseSafetyConcern extends ServiceCommand<RaiseSafetyConcernRequest> {}

@CommandHandler(RaiseSafetyConcern)
export class RaiseSafetyConcernHandler implements ICommandHandler<RaiseSafetyConcern> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RaiseSafetyConcern): Promise<CommandAnswer> {
    const { personId, concern } = request;
    return this.runner.change(
      eha,
      id,
      ({ caseId }) => ({
        kind: 'RaiseSafetyConcern',
        caseId,
        concernId: derivedId(context.commandId, 'concern'),
        personId: personId as PersonId,
        concern,
      }),
      { context, request },
    );
  }
}
