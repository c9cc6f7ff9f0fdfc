import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode, plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';

export class AnswerForNonDeliveryRequest extends RecordingRequest {
  @LongText() answer!: string;
}

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class AnswerForNonDeliveryController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes(
    'actions/:actionId/non-delivery/answer',
    'Answer for an action that was not delivered, as the agency that agreed to it (PLAN-03)',
    { does: 'plan.change', of: caseOf(episode, 'episodeId') },
  )
  async answerForNonDelivery(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('actionId', IdParameter) actionId: Uuid,
    @Body() request: AnswerForNonDeliveryRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    return this.commands.begin(
      plan,
      episodeId,
      { kind: 'AnswerForNonDelivery', ...about, actionId, answer: request.answer, evidence },
      { context, request, authority },
    );
  }
}
