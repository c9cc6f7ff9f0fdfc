import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { notes } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import type { AddNoteRequest } from './request.js';

export class AddNote extends PartCommand<AddNoteRequest> {}

@CommandHandler(AddNote)
export class AddNoteHandler implements ICommandHandler<AddNote> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: AddNote): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    const answer = await this.runner.begin(
      notes,
      episodeId,
      {
        kind: 'AddNote',
        ...about,
        noteId: partId as Uuid,
        text: request.text,
        evidence,
      },
      { context, request, authority },
    );
    return { ...answer, id: partId };
  }
}
