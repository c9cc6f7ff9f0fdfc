import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { NameChild } from './name-child.handler.js';
import { NameChildRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class NameChildController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/children', 'Name a child at home (EHA-04)', { does: 'assessment.contribute', of: caseOf(eha, 'ehaId') })
  name(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: NameChildRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new NameChild(ehaId, request, context));
  }
}
