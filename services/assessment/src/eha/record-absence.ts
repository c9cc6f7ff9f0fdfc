import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Id, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordAbsenceRequest extends RecordingRequest {
  @Id() personId!: string;
  @LongText() reason!: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordAbsenceController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/absences', "Record why a family member's voice is missing (EHA-04)", {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordAbsenceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { personId, reason } = request;
    return this.commands.change(eha, ehaId, ({ caseId }) => ({ kind: 'RecordAbsence', caseId, personId: personId as PersonId, reason }), {
      context,
      request,
    });
  }
}
