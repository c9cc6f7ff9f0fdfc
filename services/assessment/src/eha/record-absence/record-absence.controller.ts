import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { RecordAbsence } from './record-absence.handler.js';
import { RecordAbsenceRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordAbsenceController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/absences', "Record why a family member's voice is missing (EHA-04)", {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordAbsenceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new RecordAbsence(ehaId, request, context));
  }
}
