import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { RaiseNonDelivery } from './raise-non-delivery.handler.js';
import { RaiseNonDeliveryRequest } from './request.js';

@ApiTags('planning: plan')
@Controller('api/planning/episodes/:episodeId/plan')
export class RaiseNonDeliveryController {
  constructor(private readonly commands: CommandBus) {}

  @Changes('actions/:actionId/non-delivery', 'Raise that an action was not delivered, as the Lead Professional (PLAN-03)', {
    does: 'plan.change',
    of: caseOf(episode, 'episodeId'),
  })
  raiseNonDelivery(
    @Param('episodeId', IdParameter) episodeId: string,
    @Param('actionId', IdParameter) actionId: string,
    @Body() request: RaiseNonDeliveryRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RaiseNonDelivery(episodeId, actionId, request, context));
  }
}
