import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { consent } from '@waymark/assessment-domain';
import type { Uuid } from '@waymark/kernel';
import { Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText, theCase, YesNo } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class JudgeRiskOnRefusalRequest extends RecordingRequest {
  @YesNo() significantHarmLikely!: boolean;
  @LongText() rationale!: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class JudgeRiskOnRefusalController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes('refusals/:refusalId/risk', 'Judge the risk of significant harm on a refusal (CON-11)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  judge(
    @Param('caseId', IdParameter) caseId: string,
    @Param('refusalId', IdParameter) refusalId: Uuid,
    @Body() request: JudgeRiskOnRefusalRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      consent,
      caseId,
      ({ caseId }) => ({
        kind: 'JudgeRiskOnRefusal',
        caseId,
        refusalId,
        significantHarmLikely: request.significantHarmLikely,
        rationale: request.rationale,
      }),
      { context, request },
    );
  }
}
