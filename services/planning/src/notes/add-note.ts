import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { derivedId } from '@waymark/kernel';
import { Begins, caseOf, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode, notes } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';

export class AddNoteRequest extends RecordingRequest {
  @LongText() text!: string;
}

@ApiTags('planning: case notes')
@Controller('api/planning/episodes/:episodeId/notes')
export class AddNoteController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Begins('', 'Add a case note (EP-03)', { does: 'note.write', of: caseOf(episode, 'episodeId') })
  async addNote(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: AddNoteRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const noteId = derivedId(context.commandId, 'note');
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    const answer = await this.commands.begin(
      notes,
      episodeId,
      { kind: 'AddNote', ...about, noteId, text: request.text, evidence },
      { context, request, authority },
    );
    return { ...answer, id: noteId };
  }
}
