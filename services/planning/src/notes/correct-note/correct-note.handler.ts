import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { derivedId, type Uuid } from '@waymark/kernel';
import { CommandRunner, type CommandAnswer } from '@waymark/nest';
import { notes } from '@waymark/planning-domain';
import { EpisodeReader } from '../../shared/episode-reader.js';
import { PartCommand } from '../../shared/part-command.js';
import type { CorrectNoteRequest } from './request.js';

export class CorrectNote extends PartCommand<CorrectNoteRequest> {}

@CommandHandler(CorrectNote)
export class CorrectNoteHandler implements ICommandHandler<CorrectNote> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  async execute({ episodeId, partId, request, context }: CorrectNote): Promise<CommandAnswer> {
    const { authority, about, episode } = await this.episodes.of(episodeId, context);
    const evidence = { episode };
    const noteId = derivedId(context.commandId, 'note');
    const answer = await this.runner.begin(
      notes,
      episodeId,
      {
        kind: 'CorrectNote',
        ...about,
        noteId,
        corrects: partId as Uuid,
        text: request.text,
        why: request.why,
        evidence,
      },
      { context, request, authority },
    );
    return { ...answer, id: noteId };
  }
}
