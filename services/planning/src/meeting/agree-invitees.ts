import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { PersonId, Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, type CommandAnswer, type RequestContext } from '@waymark/nest';
import { episode, taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';
import { around } from '../shared/requests.js';
import { AgreeMeetingRequest } from './agree-meeting.js';

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class AgreeInviteesController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes(':meetingId/invitees', 'Agree with the family whom else to invite (TAF-04)', {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  async agreeInvitees(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('meetingId', IdParameter) meetingId: Uuid,
    @Body() request: AgreeMeetingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    return this.commands.begin(
      taf,
      episodeId,
      { kind: 'AgreeInvitees', ...about, meetingId, ...around(request), agreedBy: request.agreedBy as PersonId | undefined, evidence },
      { context, request, authority },
    );
  }
}
