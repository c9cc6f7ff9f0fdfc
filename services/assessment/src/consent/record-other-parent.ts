import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { consent } from '@waymark/assessment-domain';
import type { CaseId, PersonId } from '@waymark/kernel';
import { Begins, CommandRunner, Context, Id, IdParameter, RecordingRequest, theCase } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordOtherParentRequest extends RecordingRequest {
  @Id() personId!: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RecordOtherParentController {
  constructor(private readonly commands: CommandRunner) {}

  @Begins('other-parents', 'Record another person with parental responsibility, who is to be reached (CON-09)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  async record(
    @Param('caseId', IdParameter) caseId: CaseId,
    @Body() request: RecordOtherParentRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const answer = await this.commands.begin(
      consent,
      caseId,
      { kind: 'RecordOtherParent', caseId, personId: request.personId as PersonId },
      { context, request },
    );
    return { ...answer, id: request.personId };
  }
}
