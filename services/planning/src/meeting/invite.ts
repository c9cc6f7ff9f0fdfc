import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { instant, type Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, Moment, type CommandAnswer, type RequestContext } from '@waymark/nest';
import { episode, taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';
import { around, AroundRecordingRequest } from '../shared/requests.js';

export class InviteRequest extends AroundRecordingRequest {
  @Moment({ description: 'When the meeting is to be held.' }) plannedFor!: string;
}

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class InviteController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes(':meetingId/invitations', 'Invite those whom the family agreed to (TAF-04)', {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  async invite(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('meetingId', IdParameter) meetingId: Uuid,
    @Body() request: InviteRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    return this.commands.begin(
      taf,
      episodeId,
      { kind: 'InviteToTaf', ...about, meetingId, ...around(request), plannedFor: instant(request.plannedFor), evidence },
      { context, request, authority },
    );
  }
}
