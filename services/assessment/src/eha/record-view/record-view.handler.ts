import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import { type PersonId, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RecordViewRequest } from './request.js';

export class RecordView extends ServiceCommand<RecordViewRequest> {}

@CommandHandler(RecordView)
export class RecordViewHandler implements ICommandHandler<RecordView> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RecordView): Promise<CommandAnswer> {
    const { personId, view, evidence } = request;
    return this.runner.change(
      eha,
      id,
      ({ caseId }) => ({
        kind: 'RecordView',
        caseId,
        viewId: derivedId(context.commandId, 'view'),
        personId: personId as PersonId,
        view,
        evidence: evidence ?? null,
      }),
      { context, request },
    );
  }
}
