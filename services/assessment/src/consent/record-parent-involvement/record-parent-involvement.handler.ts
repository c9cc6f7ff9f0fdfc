import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import type { CaseId, PersonId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RecordParentInvolvementRequest } from './request.js';

export class RecordParentInvolvement extends ServiceCommand<RecordParentInvolvementRequest> {}

@CommandHandler(RecordParentInvolvement)
export class RecordParentInvolvementHandler implements ICommandHandler<RecordParentInvolvement> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ id, request, context }: RecordParentInvolvement): Promise<CommandAnswer> {
    const answer = await this.runner.begin(
      consent,
      id,
      {
        kind: 'RecordParentInvolvement',
        caseId: id as CaseId,
        childId: request.childId as PersonId,
        parentInvolved: request.parentInvolved,
        reasons: request.reasons ?? null,
        helpOffered: request.helpOffered ?? null,
      },
      { context, request },
    );
    return { ...answer, id: request.childId };
  }
}
