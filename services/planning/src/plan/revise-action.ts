import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, LongText, type CommandAnswer, type RequestContext } from '@waymark/nest';
import { episode, plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';
import { terms, TermsRequest } from './terms.js';

export class ReviseActionRequest extends TermsRequest {
  @LongText() whyRevised!: string;
}

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class ReviseActionController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes('actions/:actionId/revision', 'Revise an action; a new owner agrees anew (PLAN-01)', {
    does: 'plan.change',
    of: caseOf(episode, 'episodeId'),
  })
  async reviseAction(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('actionId', IdParameter) actionId: Uuid,
    @Body() request: ReviseActionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    return this.commands.begin(
      plan,
      episodeId,
      { kind: 'ReviseAction', ...about, actionId, ...terms(request), whyRevised: request.whyRevised, evidence },
      { context, request, authority },
    );
  }
}
