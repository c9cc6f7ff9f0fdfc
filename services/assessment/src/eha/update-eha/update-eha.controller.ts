import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { UpdateEha } from './update-eha.handler.js';
import { UpdateEhaRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class UpdateEhaController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/updates', 'Record that the accepted assessment was reviewed and updated (EHA-10)', {
    does: 'assessment.finish',
    of: caseOf(eha, 'ehaId'),
  })
  update(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: UpdateEhaRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new UpdateEha(ehaId, request, context));
  }
}
