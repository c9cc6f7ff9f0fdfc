import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import {
  caseOf,
  Changes,
  Code,
  CommandRunner,
  Context,
  HandleList,
  IdParameter,
  Part,
  RecordingRequest,
  LongText,
  YesNo,
} from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { thresholdLevels, type ThresholdLevel } from '@waymark/policy';
import { contact, triageOutcomes, type TriageOutcome } from '@waymark/referral-domain';

export class ThresholdRequest {
  @Code(thresholdLevels) level!: ThresholdLevel;
  @YesNo({ optional: true, description: 'At the top of its level (FD-10).' }) topOfLevel?: boolean;
  @HandleList({ description: 'The indicators that were seen.' }) indicators!: string[];
  @LongText({ description: "The professional's own reasoning: the tool never decides." }) reasoning!: string;
}

export class TriageContactRequest extends RecordingRequest {
  @Code(triageOutcomes) outcome!: TriageOutcome;
  @LongText() rationale!: string;
  @Part(() => ThresholdRequest, { optional: true }) threshold?: ThresholdRequest;
}

@ApiTags('referral: contacts')
@Controller('api/referral/contacts')
export class TriageContactController {
  constructor(private readonly commands: CommandRunner) {}

  @Changes(':contactId/triage', 'Decide what becomes of a contact: one of four outcomes, with its rationale (FD-02)', {
    does: 'contact.triage',
    of: caseOf(contact, 'contactId'),
  })
  triage(
    @Param('contactId', IdParameter) contactId: Uuid,
    @Body() request: TriageContactRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { outcome, rationale, threshold } = request;
    return this.commands.change(
      contact,
      contactId,
      ({ caseId }) => ({
        kind: 'TriageContact',
        caseId,
        contactId,
        outcome,
        rationale,
        threshold: threshold ? { ...threshold, topOfLevel: threshold.topOfLevel ?? false } : null,
      }),
      { context, request },
    );
  }
}
