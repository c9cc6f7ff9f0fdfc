import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha } from '@waymark/assessment-domain';
import { derivedId, type PersonId } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, Id, IdParameter, ShortText, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordNetworkRequest extends RecordingRequest {
  @Id({ optional: true, description: 'Where the person is known already; left out, they are new.' }) supporterId?: string;
  @ShortText() name!: string;
  @ShortText({ description: 'To the family.' }) relationship!: string;
  @LongText() help!: string;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class RecordNetworkController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/network', "Record somebody of the family's own network, and how they could help (EHA-12)", {
    does: 'assessment.contribute',
    of: caseOf(eha, 'ehaId'),
  })
  record(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: RecordNetworkRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { supporterId, name, relationship, help } = request;
    return this.commands.change(
      eha,
      ehaId,
      ({ caseId }) => ({
        kind: 'RecordNetwork',
        caseId,
        supporterId: (supporterId ?? derivedId(context.commandId, 'person')) as unknown as PersonId,
        name,
        relationship,
        help,
      }),
      { context, request },
    );
  }
}
