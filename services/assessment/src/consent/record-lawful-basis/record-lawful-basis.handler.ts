import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import { type CaseId, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RecordLawfulBasisRequest } from './request.js';

export class RecordLawfulBasis extends ServiceCommand<RecordLawfulBasisRequest> {}

@CommandHandler(RecordLawfulBasis)
export class RecordLawfulBasisHandler implements ICommandHandler<RecordLawfulBasis> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ id, request, context }: RecordLawfulBasis): Promise<CommandAnswer> {
    const lawfulBasisId = derivedId(context.commandId, 'lawful-basis');
    const answer = await this.runner.begin(
      consent,
      id,
      {
        kind: 'RecordLawfulBasis',
        caseId: id as CaseId,
        lawfulBasisId,
        processing: request.processing,
        article6: request.article6,
        article9: request.article9 ?? null,
        rationale: request.rationale,
      },
      { context, request },
    );
    return { ...answer, id: lawfulBasisId };
  }
}
