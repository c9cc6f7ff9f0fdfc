import { Body, Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { derivedId, type CaseId, type OrganisationId, type PersonId, type Uuid } from '@waymark/kernel';
import { Begins, caseNamedBy, CodeList, CommandRunner, Context, HandleList, Id, IdList, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { request as supportRequest, specialistServices, type SpecialistService } from '@waymark/targeted-support-domain';
import { EvidenceReader } from '../replicas/evidence-reader.js';

export class SubmitRequestRequest extends RecordingRequest {
  @Id() caseId!: string;
  @IdList({ description: 'The needs of the assessment that the request names (TS-02).' }) needs!: string[];
  @HandleList({ description: "Kinds of support, by the authority's codes (TS-05).", example: ['staying-safe'] }) kinds!: string[];
  @IdList({ min: 1, description: 'For whom support is asked.' }) persons!: string[];
  @HandleList({ description: 'The organisations that the request is shared with; the additional consent reaches them all (TS-03).' })
  sharedWith!: string[];
  @CodeList(specialistServices, {
    optional: true,
    description: 'Specialist services that are needed too; referred there directly (TS-08).',
  })
  specialistServices?: SpecialistService[];
  @LongText({ description: 'What is hoped for.' }) hopedFor!: string;
}

@ApiTags('targeted-support: requests')
@Controller('api/targeted-support/requests')
export class SubmitRequestController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly evidence: EvidenceReader,
  ) {}

  @Begins('', 'Request Targeted Support, as the Lead Professional, through the gate (TS-01, TS-02, TS-03, FD-07)', {
    does: 'request.submit',
    of: caseNamedBy('targeted-support', 'caseId'),
  })
  async submit(@Body() request: SubmitRequestRequest, @Context() context: RequestContext): Promise<CommandAnswer> {
    const requestId = derivedId(context.commandId, 'request');
    const caseId = request.caseId as CaseId;
    const { kinds, hopedFor } = request;
    const intent = {
      kind: 'SubmitRequest' as const,
      caseId,
      requestId,
      needs: request.needs as Uuid[],
      kinds,
      persons: request.persons as PersonId[],
      sharedWith: request.sharedWith as OrganisationId[],
      specialistServices: request.specialistServices ?? [],
      hopedFor,
    };
    const evidence = await this.evidence.of(intent, { request, context });
    return this.commands.begin(supportRequest, requestId, { ...intent, evidence }, { context, request });
  }
}
