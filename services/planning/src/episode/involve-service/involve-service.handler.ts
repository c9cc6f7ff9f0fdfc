import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OrganisationId, Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { PartCommand } from '../../shared/part-command.js';
import type { InvolveServiceRequest } from './request.js';

export class InvolveService extends PartCommand<InvolveServiceRequest> {}

@CommandHandler(InvolveService)
export class InvolveServiceHandler implements ICommandHandler<InvolveService> {
  constructor(private readonly runner: CommandRunner) {}

  async execute({ episodeId, partId, request, context }: InvolveService): Promise<CommandAnswer> {
    const answer = await this.runner.change(
      episode,
      episodeId,
      ({ caseId }) => ({
        kind: 'RecordServiceInvolved',
        caseId,
        episodeId: episodeId as Uuid,
        serviceId: partId as Uuid,
        organisation: request.organisation as OrganisationId,
        part: request.part,
      }),
      { context, request },
    );
    return { ...answer, id: partId };
  }
}
