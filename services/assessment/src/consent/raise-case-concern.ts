import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { consent } from '@waymark/assessment-domain';
import { derivedId, type CaseId, type PersonId } from '@waymark/kernel';
import { Begins, CommandRunner, Context, Id, IdParameter, RecordingRequest, LongText, theCase } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RaiseCaseConcernRequest extends RecordingRequest {
  @Id({ description: 'Whom it is about.' }) personId!: string;
  @LongText() concern!: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RaiseCaseConcernController {
  constructor(private readonly commands: CommandRunner) {}

  @Begins('safety-concerns', 'Raise an immediate safeguarding concern, before any consent (FD-11)', {
    does: 'concern.raise',
    of: theCase('assessment', 'caseId'),
  })
  async raise(
    @Param('caseId', IdParameter) caseId: CaseId,
    @Body() request: RaiseCaseConcernRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const concernId = derivedId(context.commandId, 'concern');
    const answer = await this.commands.begin(
      consent,
      caseId,
      { kind: 'RaiseSafetyConcern', caseId, concernId, personId: request.personId as PersonId, concern: request.concern },
      { context, request },
    );
    return { ...answer, id: concernId };
  }
}
