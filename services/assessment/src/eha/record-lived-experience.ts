import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { caseOf, Changes, Code, CommandRunner, Context, Id, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordLivedExperienceRequest extends RecordingRequest {
  @Id() childId!: string;
  @Code(['own-words', 'observation']) how!: 'own-words' | 'observation';
  @LongText() experience!: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordLivedExperienceController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/lived-experience', "Record a child's lived experience, in their words or by observation (EHA-06)", {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordLivedExperienceRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { childId, how, experience } = request;
    return this.commands.change(
      eha,
      ehaId,
      ({ caseId }) => ({ kind: 'RecordLivedExperience', caseId, childId: childId as PersonId, how, experience }),
      { context, request },
    );
  }
}
