import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { AnswerForNonDelivery } from './answer-for-non-delivery.handler.js';
import { AnswerForNonDeliveryRequest } from './request.js';

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class AnswerForNonDeliveryController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(
    'actions/:actionId/non-delivery/answer',
    'Answer for an action that was not delivered, as the agency that agreed to it (PLAN-03)',
    { does: 'plan.change', of: caseOf(episode, 'episodeId') },
  )
  answerForNonDelivery(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('actionId', IdParameter) actionId: string,
    @Body() request: AnswerForNonDeliveryRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new AnswerForNonDelivery(episodeId, actionId, request, context));
  }
}
