import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { UserId, Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import type { RaiseNonDeliveryRequest } from './request.js';

export class RaiseNonDelivery extends PartCommand<RaiseNonDeliveryRequest> {}

@CommandHandler(RaiseNonDelivery)
export class RaiseNonDeliveryHandler implements ICommandHandler<RaiseNonDelivery> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: RaiseNonDelivery): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    return this.runner.begin(
      plan,
      episodeId,
      {
        kind: 'RaiseNonDelivery',
        ...about,
        actionId: partId as Uuid,
        concern: request.concern,
        lineManager: request.lineManager as UserId | undefined,
        targetedSupportTold: request.targetedSupportTold,
        evidence,
      },
      { context, request, authority },
    );
  }
}
