import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import type { DeclineLeadProfessionalRequest } from './request.js';

export class DeclineLeadProfessional extends ServiceCommand<DeclineLeadProfessionalRequest> {}

@CommandHandler(DeclineLeadProfessional)
export class DeclineLeadProfessionalHandler implements ICommandHandler<DeclineLeadProfessional> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: DeclineLeadProfessional): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      ({ caseId }) => ({
        kind: 'DeclineLeadProfessional',
        caseId,
        episodeId: id as Uuid,
        why: request.why,
      }),
      { context, request },
    );
  }
}
