import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import type { AnswerForNonDeliveryRequest } from './request.js';

export class AnswerForNonDelivery extends PartCommand<AnswerForNonDeliveryRequest> {}

@CommandHandler(AnswerForNonDelivery)
export class AnswerForNonDeliveryHandler implements ICommandHandler<AnswerForNonDelivery> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: AnswerForNonDelivery): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    return this.runner.begin(
      plan,
      episodeId,
      {
        kind: 'AnswerForNonDelivery',
        ...about,
        actionId: partId as Uuid,
        answer: request.answer,
        evidence,
      },
      { context, request, authority },
    );
  }
}
