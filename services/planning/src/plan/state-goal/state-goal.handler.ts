import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PersonId, Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import type { StateGoalRequest } from './request.js';

export class StateGoal extends PartCommand<StateGoalRequest> {}

@CommandHandler(StateGoal)
export class StateGoalHandler implements ICommandHandler<StateGoal> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: StateGoal): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    const answer = await this.runner.begin(
      plan,
      episodeId,
      {
        kind: 'StateFamilyGoal',
        ...about,
        goalId: partId as Uuid,
        personId: request.personId as unknown as PersonId,
        words: request.words,
        evidence,
      },
      { context, request, authority },
    );
    return { ...answer, id: partId };
  }
}
