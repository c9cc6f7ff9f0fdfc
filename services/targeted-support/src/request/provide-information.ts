import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { OrganisationId, Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, HandleList, IdList, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { request as supportRequest } from '@waymark/targeted-support-domain';
import { EvidenceReader } from '../replicas/evidence-reader.js';

/** What is left out stays as it was asked. */
export class ProvideInformationRequest extends RecordingRequest {
  @LongText() information!: string;
  @IdList({ optional: true, description: 'Needs of the assessment, in place of those named before (TS-02).' }) needs?: string[];
  @HandleList({ optional: true, description: 'Kinds of support, in place of those named before (TS-05).' }) kinds?: string[];
  @HandleList({ optional: true, description: 'Organisations that the request is shared with, in place of those named before (TS-03).' })
  sharedWith?: string[];
}

@ApiTags('targeted-support: requests')
@Controller('api/targeted-support/requests')
export class ProvideInformationController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly evidence: EvidenceReader,
  ) {}

  @Changes(':requestId/information', 'Answer a return, as the Lead Professional; the gate is asked again (TS-01, TS-02, TS-03)', {
    does: 'request.change',
    of: caseOf(supportRequest, 'requestId'),
  })
  provide(
    @Param('requestId', IdParameter) requestId: Uuid,
    @Body() request: ProvideInformationRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { information, needs, kinds, sharedWith } = request;
    return this.commands.change(
      supportRequest,
      requestId,
      async ({ caseId }) => {
        const intent = {
          kind: 'ProvideInformation' as const,
          caseId,
          requestId,
          information,
          ...(needs === undefined ? {} : { needs: needs as Uuid[] }),
          ...(kinds === undefined ? {} : { kinds }),
          ...(sharedWith === undefined ? {} : { sharedWith: sharedWith as OrganisationId[] }),
        };
        return { ...intent, evidence: await this.evidence.of(intent, { request, context }) };
      },
      { context, request },
    );
  }
}
