import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdList, IdParameter, RecordingRequest } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { ConsentReader } from '../consent/consent-reader.js';

export class UpdateEhaRequest extends RecordingRequest {
  @IdList({ description: 'Who of the family was given a copy.' }) copyGivenTo!: string[];
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class UpdateEhaController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly evidence: ConsentReader,
  ) {}

  @Changes(':ehaId/updates', 'Record that the accepted assessment was reviewed and updated (EHA-10)', {
    does: 'assessment.finish',
    of: caseOf(eha, 'ehaId'),
  })
  update(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: UpdateEhaRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      eha,
      ehaId,
      async ({ caseId }) => ({
        kind: 'UpdateEha',
        caseId,
        copyGivenTo: request.copyGivenTo as PersonId[],
        evidence: await this.evidence.of(caseId, { request, context }),
      }),
      { context, request },
    );
  }
}
