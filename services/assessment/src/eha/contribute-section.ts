import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha, headings } from '@waymark/assessment-domain';
import { derivedId, type Uuid } from '@waymark/kernel';
import { caseOf, Changes, Code, CommandRunner, Context, Id, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class ContributeSectionRequest extends RecordingRequest {
  @Code(headings) heading!: (typeof headings)[number];
  @LongText() text!: string;
  @Id({ optional: true, description: 'The section that this one corrects.' }) corrects?: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class ContributeSectionController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/sections', 'Contribute a section, attributed to its author (EHA-02); a correction names the one it corrects', {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  contribute(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: ContributeSectionRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { heading, text, corrects } = request;
    return this.commands.change(
      eha,
      ehaId,
      ({ caseId }) => ({
        kind: 'ContributeSection',
        caseId,
        sectionId: derivedId(context.commandId, 'section'),
        heading,
        text,
        corrects: (corrects ?? null) as Uuid | null,
      }),
      { context, request },
    );
  }
}
