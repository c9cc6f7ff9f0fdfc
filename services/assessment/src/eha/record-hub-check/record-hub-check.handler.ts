import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RecordHubCheckRequest } from './request.js';

export class RecordHubCheck extends ServiceCommand<RecordHubCheckRequest> {}

@CommandHandler(RecordHubCheck)
export class RecordHubCheckHandler implements ICommandHandler<RecordHubCheck> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RecordHubCheck): Promise<CommandAnswer> {
    const { safeguarding, quality, note, outcome, reasons } = request;
    return this.runner.change(
      eha,
      id,
      ({ caseId }) => ({ kind: 'RecordHubCheck', caseId, safeguarding, quality, note: note ?? null, outcome, reasons: reasons ?? null }),
      { context, request },
    );
  }
}
