import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { ContributeSection } from './contribute-section.handler.js';
import { ContributeSectionRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class ContributeSectionController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/sections', 'Contribute a section, attributed to its author (EHA-02); a correction names the one it corrects', {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  contribute(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: ContributeSectionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new ContributeSection(ehaId, request, context));
  }
}
