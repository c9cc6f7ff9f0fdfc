import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { consent } from '@waymark/assessment-domain';
import { type CaseId, type PersonId, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { professionalOf } from '../../parts/professional.js';
import type { JudgeCompetenceRequest } from './request.js';

export class JudgeCompetence extends ServiceCommand<JudgeCompetenceRequest> {}

@CommandHandler(JudgeCompetence)
export class JudgeCompetenceHandler implements ICommandHandler<JudgeCompetence> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ id, request, context }: JudgeCompetence): Promise<CommandAnswer> {
    const competenceId = derivedId(context.commandId, 'judgement');
    const answer = await this.runner.begin(
      consent,
      id,
      {
        kind: 'JudgeCompetence',
        caseId: id as CaseId,
        competenceId,
        childId: request.childId as PersonId,
        factors: request.factors.map((factor) => ({ ...factor })),
        outcome: request.outcome,
        judgedBy: professionalOf(request.judgedBy, context),
      },
      { context, request },
    );
    return { ...answer, id: competenceId };
  }
}
