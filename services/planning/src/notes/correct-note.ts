import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { derivedId, type Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode, notes } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';

export class CorrectNoteRequest extends RecordingRequest {
  @LongText() text!: string;
  @LongText() why!: string;
}

@ApiTags('planning: case notes')
@Controller('api/planning/episodes/:episodeId/notes')
export class CorrectNoteController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes(':noteId/correction', 'Correct a case note by a further entry (EP-03, GEN-03)', {
    does: 'note.write',
    of: caseOf(episode, 'episodeId'),
  })
  async correctNote(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('noteId', IdParameter) corrects: Uuid,
    @Body() request: CorrectNoteRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const noteId = derivedId(context.commandId, 'note');
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    const answer = await this.commands.begin(
      notes,
      episodeId,
      { kind: 'CorrectNote', ...about, noteId, corrects, text: request.text, why: request.why, evidence },
      { context, request, authority },
    );
    return { ...answer, id: noteId };
  }
}
