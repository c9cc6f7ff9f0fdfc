import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { derivedId, type PersonId } from '@waymark/kernel';
import { Begins, caseOf, CommandRunner, Context, Id, IdParameter, type CommandAnswer, type RequestContext } from '@waymark/nest';
import { episode, taf } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';
import { around, AroundRecordingRequest } from '../shared/requests.js';

export class AgreeMeetingRequest extends AroundRecordingRequest {
  @Id({ optional: true, description: 'The member of the family who agreed.' }) agreedBy?: string;
}

@ApiTags('planning: meetings')
@Controller('api/planning/episodes/:episodeId/meetings')
export class AgreeMeetingController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Begins('', 'Begin a meeting by agreeing with the family whom to invite (TAF-04)', {
    does: 'meeting.change',
    of: caseOf(episode, 'episodeId'),
  })
  async agreeMeeting(
    @Param('episodeId', IdParameter) episodeId: string,
    @Body() request: AgreeMeetingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const meetingId = derivedId(context.commandId, 'meeting');
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    const answer = await this.commands.begin(
      taf,
      episodeId,
      { kind: 'AgreeInvitees', ...about, meetingId, ...around(request), agreedBy: request.agreedBy as PersonId | undefined, evidence },
      { context, request, authority },
    );
    return { ...answer, id: meetingId };
  }
}
