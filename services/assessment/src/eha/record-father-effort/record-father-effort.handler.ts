import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RecordFatherEffortRequest } from './request.js';

export class RecordFatherEffort extends ServiceCommand<RecordFatherEffortRequest> {}

@CommandHandler(RecordFatherEffort)
export class RecordFatherEffortHandler implements ICommandHandler<RecordFatherEffort> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RecordFatherEffort): Promise<CommandAnswer> {
    const { effort } = request;
    return this.runner.change(eha, id, ({ caseId }) => ({ kind: 'RecordFatherEffort', caseId, effort }), { context, request });
  }
}
