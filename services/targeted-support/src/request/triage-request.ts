import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { OrganisationId, Uuid } from '@waymark/kernel';
import {
  badRequest,
  caseOf,
  Changes,
  Code,
  CodeList,
  CommandRunner,
  Conditions,
  Context,
  Handle,
  IdParameter,
  onlyWith,
  Part,
  RecordingRequest,
  LongText,
} from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { outcomes, panelReasons, specialistServices, supportProviders, request as supportRequest } from '@waymark/targeted-support-domain';
import type { SpecialistService, Triage } from '@waymark/targeted-support-domain';
import { EvidenceReader } from '../replicas/evidence-reader.js';
import { OnlyFor } from './only-for.js';

export class AllocationRequest {
  @Code(supportProviders) provider!: (typeof supportProviders)[number];
  @Handle({ description: 'The team or provider; the additional consent reaches it (TS-03).' }) organisation!: string;
  @Handle({ description: "The kind of support, by the authority's codes (TS-05)." }) supportKind!: string;
}

export class PanelRequest {
  @Handle({ description: "One of the authority's panels.", example: 'masg' }) panel!: string;
  @Code(panelReasons) because!: (typeof panelReasons)[number];
}

@Conditions(
  onlyWith('outcome', {
    'allocate-directly': 'allocation',
    'send-to-panel': 'panel',
    'return-for-information': 'asked',
    signpost: 'signpostTo',
  }),
)
export class TriageRequestRequest extends RecordingRequest {
  @Code(outcomes) outcome!: (typeof outcomes)[number];
  @LongText({ optional: true, description: 'Why; a triage without reasons is refused (TS-04).' }) reasons?: string;
  @OnlyFor('allocate-directly', Part(() => AllocationRequest))
  allocation?: AllocationRequest;
  @OnlyFor('send-to-panel', Part(() => PanelRequest))
  panel?: PanelRequest;
  @OnlyFor('return-for-information', LongText()) asked?: string;
  @OnlyFor('signpost', LongText()) signpostTo?: string;
  @CodeList(specialistServices, { optional: true, description: 'Specialist services that are needed; referred there directly (TS-08).' })
  specialistServices?: SpecialistService[];
}

@ApiTags('targeted-support: requests')
@Controller('api/targeted-support/requests')
export class TriageRequestController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly evidence: EvidenceReader,
  ) {}

  @Changes(':requestId/triage', 'Decide what becomes of a request: allocate, panel, return or signpost, with reasons (TS-04)', {
    does: 'request.triage',
    of: caseOf(supportRequest, 'requestId'),
  })
  triage(
    @Param('requestId', IdParameter) requestId: Uuid,
    @Body() request: TriageRequestRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { reasons = '', specialistServices = [] } = request;
    return this.commands.change(
      supportRequest,
      requestId,
      async ({ caseId }) => {
        const triage = triageOf(request);
        const intent = { kind: 'TriageRequest', caseId, requestId, triage, reasons, specialistServices } as const;
        return { ...intent, evidence: await this.evidence.of(intent, { request, context }) };
      },
      { context, request },
    );
  }
}

/** The request's class has seen to it that the part which belongs to the outcome is there, and no other. */
const triageOf = ({ outcome, allocation, panel, asked, signpostTo }: TriageRequestRequest): Triage => {
  if (allocation) return { outcome: 'allocate-directly', ...allocation, organisation: allocation.organisation as OrganisationId };
  if (panel) return { outcome: 'send-to-panel', ...panel };
  if (asked !== undefined) return { outcome: 'return-for-information', asked };
  if (signpostTo !== undefined) return { outcome: 'signpost', to: signpostTo };
  throw badRequest(`The outcome ${outcome} does not say what follows from it.`, { field: 'outcome' });
};
