import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { UserId, Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Handle, IdParameter, RecordingRequest, LongText, YesNo } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { episode, plan } from '@waymark/planning-domain';
import { EpisodeReader } from '../shared/episode-reader.js';

export class RaiseNonDeliveryRequest extends RecordingRequest {
  @LongText() concern!: string;
  @Handle({ optional: true, description: 'The line manager who was told.' }) lineManager?: string;
  @YesNo() targetedSupportTold!: boolean;
}

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class RaiseNonDeliveryController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly episodes: EpisodeReader,
  ) {}

  @Changes('actions/:actionId/non-delivery', 'Raise that an action was not delivered, as the Lead Professional (PLAN-03)', {
    does: 'plan.change',
    of: caseOf(episode, 'episodeId'),
  })
  async raiseNonDelivery(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('actionId', IdParameter) actionId: Uuid,
    @Body() request: RaiseNonDeliveryRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { authority, about, evidence } = await this.episodes.of(episodeId, context);
    return this.commands.begin(
      plan,
      episodeId,
      {
        kind: 'RaiseNonDelivery',
        ...about,
        actionId,
        concern: request.concern,
        lineManager: request.lineManager as UserId | undefined,
        targetedSupportTold: request.targetedSupportTold,
        evidence,
      },
      { context, request, authority },
    );
  }
}
