import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RecordAbsenceRequest } from './request.js';

export class RecordAbsence extends ServiceCommand<RecordAbsenceRequest> {}

@CommandHandler(RecordAbsence)
export class RecordAbsenceHandler implements ICommandHandler<RecordAbsence> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RecordAbsence): Promise<CommandAnswer> {
    const { personId, reason } = request;
    return this.runner.change(eha, id, ({ caseId }) => ({ kind: 'RecordAbsence', caseId, personId: personId as PersonId, reason }), {
      context,
      request,
    });
  }
}
