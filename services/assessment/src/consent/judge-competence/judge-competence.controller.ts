import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Begins, Context, IdParameter, type CommandAnswer, type RequestContext, theCase } from '@waymark/nest';
import { JudgeCompetence } from './judge-competence.handler.js';
import { JudgeCompetenceRequest } from './request.js';

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class JudgeCompetenceController {
  constructor(private readonly commands: CommandBus) {}

  @Begins('competence-judgements', "Judge a child's competence on all six factors (CON-05)", {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  judge(
    @Param('caseId', IdParameter) caseId: string,
    @Body() request: JudgeCompetenceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new JudgeCompetence(caseId, request, context));
  }
}
