import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { AgreeInvitees } from './agree-invitees.handler.js';
import { AgreeMeetingRequest } from '../agree-meeting/request.js';

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class AgreeInviteesController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':meetingId/invitees', 'Agree with the family whom else to invite (TAF-04)', {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  agreeInvitees(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('meetingId', IdParameter) meetingId: string,
    @Body() request: AgreeMeetingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new AgreeInvitees(episodeId, meetingId, request, context));
  }
}
