import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Id, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordVoiceRequest extends RecordingRequest {
  @Id() personId!: string;
  @LongText() words!: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordVoiceController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/voices', "Record a family member's voice (EHA-04)", { does: 'assessment.contribute', of: caseOf(eha, 'ehaId') })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordVoiceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { personId, words } = request;
    return this.commands.change(eha, ehaId, ({ caseId }) => ({ kind: 'RecordVoice', caseId, personId: personId as PersonId, words }), {
      context,
      request,
    });
  }
}
