import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { derivedId } from '@waymark/kernel';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { AddNote } from './add-note.handler.js';
import { AddNoteRequest } from './request.js';

@ApiTags('planning: case notes')
@Controller('api/planning/episodes/:episodeId/notes')
export class AddNoteController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('', 'Add a case note (EP-03)', { does: 'note.write', of: caseOf(episode, 'episodeId') })
  addNote(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: AddNoteRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new AddNote(episodeId, derivedId(context.commandId, 'note'), request, context));
  }
}
