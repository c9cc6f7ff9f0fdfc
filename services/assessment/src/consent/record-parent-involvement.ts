import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { consent } from '@waymark/assessment-domain';
import type { CaseId, PersonId } from '@waymark/kernel';
import { Begins, CommandRunner, Context, Id, IdParameter, RecordingRequest, LongText, theCase, YesNo } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class RecordParentInvolvementRequest extends RecordingRequest {
  @Id() childId!: string;
  @YesNo() parentInvolved!: boolean;
  @LongText({ optional: true, description: 'Why not.' }) reasons?: string;
  @LongText({ optional: true, description: 'The help offered to tell them.' }) helpOffered?: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class RecordParentInvolvementController {
  constructor(private readonly commands: CommandRunner) {}

  @Begins('parent-involvement', 'Record how a child was encouraged to involve a parent (CON-08)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  async record(
    @Param('caseId', IdParameter) caseId: CaseId,
    @Body() request: RecordParentInvolvementRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const answer = await this.commands.begin(
      consent,
      caseId,
      {
        kind: 'RecordParentInvolvement',
        caseId,
        childId: request.childId as PersonId,
        parentInvolved: request.parentInvolved,
        reasons: request.reasons ?? null,
        helpOffered: request.helpOffered ?? null,
      },
      { context, request },
    );
    return { ...answer, id: request.childId };
  }
}
