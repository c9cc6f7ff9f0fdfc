import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OrganisationId, Uuid } from '@waymark/kernel';
import { badRequest, CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { request as aggregate, type Triage } from '@waymark/targeted-support-domain';
import { EvidenceReader } from '../../copies/evidence-reader.js';
import type { TriageRequestRequest } from './request.js';

export class TriageRequest extends ServiceCommand<TriageRequestRequest> {}

@CommandHandler(TriageRequest)
export class TriageRequestHandler implements ICommandHandler<TriageRequest> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly evidence: EvidenceReader,
  ) {}

  execute({ id, request, context }: TriageRequest): Promise<CommandAnswer> {
    const { reasons = '', specialistServices = [] } = request;
    return this.runner.change(
      aggregate,
      id,
      async ({ caseId }) => {
        const triage = triageOf(request);
        const intent = { kind: 'TriageRequest', caseId, requestId: id as Uuid, triage, reasons, specialistServices } as const;
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
