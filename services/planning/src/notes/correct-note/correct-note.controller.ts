import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { CorrectNote } from './correct-note.handler.js';
import { CorrectNoteRequest } from './request.js';

@ApiTags('planning: case notes')
@Controller('api/planning/episodes/:episodeId/notes')
export class CorrectNoteController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':noteId/correction', 'Correct a case note by a further entry (EP-03, GEN-03)', {
    does: 'note.write',
    of: caseOf(episode, 'episodeId'),
  })
  correctNote(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('noteId', IdParameter) noteId: string,
    @Body() request: CorrectNoteRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new CorrectNote(episodeId, noteId, request, context));
  }
}
