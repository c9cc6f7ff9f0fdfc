import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { eha, memberParts, type MemberPart } from '@waymark/assessment-domain';
import { derivedId, type PersonId } from '@waymark/kernel';
import { caseOf, Changes, Code, CommandRunner, Context, Id, IdParameter, RecordingRequest } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class InviteFamilyMemberRequest extends RecordingRequest {
  @Id({ optional: true, description: 'Where the person is known already; left out, they are new.' }) personId?: string;
  @Code(memberParts) part!: MemberPart;
}

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class InviteFamilyMemberController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':ehaId/members', 'Invite a member of the family (EHA-04)', { does: 'assessment.contribute', of: caseOf(eha, 'ehaId') })
  invite(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: InviteFamilyMemberRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { personId, part } = request;
    return this.commands.change(
      eha,
      ehaId,
      ({ caseId }) => ({
        kind: 'InviteFamilyMember',
        caseId,
        personId: (personId ?? derivedId(context.commandId, 'person')) as unknown as PersonId,
        part,
      }),
      { context, request },
    );
  }
}
