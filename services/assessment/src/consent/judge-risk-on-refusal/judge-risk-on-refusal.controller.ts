import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { JudgeRiskOnRefusal } from './judge-risk-on-refusal.handler.js';
import { JudgeRiskOnRefusalRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class JudgeRiskOnRefusalController {
  constructor(private readonly commands: CommandBus) {}

  @Changes('refusals/:refusalId/risk', 'Judge the risk of significant harm on a refusal (CON-11)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  judge(
    @Param('caseId', IdParameter) caseId: string,
    @Param('refusalId', IdParameter) refusalId: string,
    @Body() request: JudgeRiskOnRefusalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new JudgeRiskOnRefusal(caseId, refusalId, request, context));
  }
}
