import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { consent } from '@waymark/assessment-domain';
import { derivedId, type CaseId, type OrganisationId, type PersonId } from '@waymark/kernel';
import {
  Begins,
  CommandRunner,
  Context,
  Handle,
  HandleList,
  IdList,
  IdParameter,
  RecordingRequest,
  LongText,
  theCase,
  YesNo,
} from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';

export class DecideSharingRequest extends RecordingRequest {
  @YesNo({ description: 'No: a decision not to share.' }) share!: boolean;
  @LongText({ optional: true }) what?: string;
  @LongText({ optional: true }) why?: string;
  @IdList({ optional: true, description: 'Whom the information is about.' }) about?: string[];
  @HandleList({ optional: true, description: 'With whom.' }) agencies?: string[];
  @Handle({ optional: true, example: 'safeguarding-children', description: "One of the authority's bases and duties." }) basis?: string;
  @LongText({ optional: true, description: 'Views that were sought, or why not.' }) viewsSought?: string;
}

@ApiTags('assessment: consent')
@Controller('api/assessment/cases/:caseId')
export class DecideSharingController {
  constructor(private readonly commands: CommandRunner) {}

  @Begins('sharing-decisions', 'Decide to share without consent, or not to share (CON-12)', {
    does: 'consent.record',
    of: theCase('assessment', 'caseId'),
  })
  async decide(
    @Param('caseId', IdParameter) caseId: CaseId,
    @Body() request: DecideSharingRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const decisionId = derivedId(context.commandId, 'sharing-decision');
    const answer = await this.commands.begin(
      consent,
      caseId,
      {
        caseId,
        decisionId,
        kind: request.share ? 'DecideSharing' : 'DecideNotToShare',
        what: request.what ?? '',
        why: request.why ?? '',
        about: (request.about ?? []) as PersonId[],
        agencies: (request.agencies ?? []) as OrganisationId[],
        basis: request.basis ?? '',
        viewsSought: request.viewsSought ?? '',
      },
      { context, request },
    );
    return { ...answer, id: decisionId };
  }
}
