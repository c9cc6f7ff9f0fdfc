import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer, type RequestContext } from '@waymark/nest';
import type { RecordEffortToReachRequest } from './request.js';

export class RecordEffortToReach extends ServiceCommand<RecordEffortToReachRequest> {
  constructor(
    caseId: string,
    readonly personId: string,
    request: RecordEffortToReachRequest,
    context: RequestContext,
  ) {
    super(caseId, request, context);
  }
}

@CommandHandler(RecordEffortToReach)
export class RecordEffortToReachHandler implements ICommandHandler<RecordEffortToReach> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, personId, request, context }: RecordEffortToReach): Promise<CommandAnswer> {
    return this.runner.change(
      consent,
      id,
      ({ caseId }) => ({
        kind: 'RecordEffortToReach',
        caseId,
        personId: personId as PersonId,
        method: request.method,
        outcome: request.outcome,
      }),
      { context, request },
    );
  }
}
