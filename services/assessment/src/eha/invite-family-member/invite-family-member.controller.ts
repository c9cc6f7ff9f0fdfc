import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { Changes, Context, IdParameter, type CommandAnswer, type RequestContext, caseOf } from '@waymark/nest';
import { eha } from '@waymark/assessment-domain';
import { InviteFamilyMember } from './invite-family-member.handler.js';
import { InviteFamilyMemberRequest } from './request.js';

@ApiTags('assessment: assessments')
@Controller('api/assessment/assessments')
export class InviteFamilyMemberController {
  constructor(private readonly commands: CommandBus) {}

  @Changes(':ehaId/members', 'Invite a member of the family (EHA-04)', { does: 'assessment.contribute', of: caseOf(eha, 'ehaId') })
  invite(
    @Param('ehaId', IdParameter) ehaId: string,
    @Body() request: InviteFamilyMemberRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    return this.commands.execute(new InviteFamilyMember(ehaId, request, context));
  }
}
