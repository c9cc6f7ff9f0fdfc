import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { consent, methods, type Method } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { Changes, Code, CommandRunner, Context, IdParameter, RecordingRequest, LongText, theCase } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordEffortToReachRequest extends RecordingRequest {
  @Code(methods) method!: Method;
  @LongText() outcome!: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RecordEffortToReachController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes('other-parents/:personId/efforts', 'Record an effort to reach the other person with parental responsibility (CON-09)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  record(
    @Param('caseId', IdParameter) caseId: string,
    @Param('personId', IdParameter) personId: PersonId,
    @Body() request: RecordEffortToReachRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.change(
      consent,
      caseId,
      ({ caseId }) => ({ kind: 'RecordEffortToReach', caseId, personId, method: request.method, outcome: request.outcome }),
      { context, request },
    );
  }
}
