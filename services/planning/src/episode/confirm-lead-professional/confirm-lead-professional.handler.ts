import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { persons, professional } from '../../shared/requests.js';
import type { ConfirmLeadProfessionalRequest } from './request.js';

export class ConfirmLeadProfessional extends ServiceCommand<ConfirmLeadProfessionalRequest> {}

@CommandHandler(ConfirmLeadProfessional)
export class ConfirmLeadProfessionalHandler implements ICommandHandler<ConfirmLeadProfessional> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: ConfirmLeadProfessional): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      ({ caseId }) => ({
        kind: 'ConfirmLeadProfessional',
        caseId,
        episodeId: id as Uuid,
        meetingId: request.meetingId as Uuid,
        leadProfessional: professional(request.leadProfessional),
        agreedBy: persons(request.agreedBy),
        accepted: request.accepted,
        why: request.why,
      }),
      { context, request },
    );
  }
}
