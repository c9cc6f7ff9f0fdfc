import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { involvedAround } from '../view/involved-around.js';
import { around } from '../../shared/requests.js';
import type { CloseEpisodeRequest } from './request.js';

export class CloseEpisode extends ServiceCommand<CloseEpisodeRequest> {}

@CommandHandler(CloseEpisode)
export class CloseEpisodeHandler implements ICommandHandler<CloseEpisode> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: CloseEpisode): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      async ({ caseId }) => ({
        kind: 'CloseEpisode',
        caseId,
        episodeId: id as Uuid,
        reason: request.reason,
        presentCircumstances: request.presentCircumstances,
        supportGiven: request.supportGiven,
        told: request.told && around(request.told),
        evidence: { involved: await involvedAround(this.runner, id, context) },
      }),
      { context, request },
    );
  }
}
