import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CaseId, OrganisationId, PersonId, Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { request as aggregate } from '@waymark/targeted-support-domain';
import { EvidenceReader } from '../../copies/evidence-reader.js';
import type { SubmitRequestRequest } from './request.js';

export class SubmitRequest extends ServiceCommand<SubmitRequestRequest> {}

@CommandHandler(SubmitRequest)
export class SubmitRequestHandler implements ICommandHandler<SubmitRequest> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly evidence: EvidenceReader,
  ) {}

  async execute({ id, request, context }: SubmitRequest): Promise<CommandAnswer> {
    const caseId = request.caseId as CaseId;
    const { kinds, hopedFor } = request;
    const intent = {
      kind: 'SubmitRequest' as const,
      caseId,
      requestId: id as Uuid,
      needs: request.needs as Uuid[],
      kinds,
      persons: request.persons as PersonId[],
      sharedWith: request.sharedWith as OrganisationId[],
      specialistServices: request.specialistServices ?? [],
      hopedFor,
    };
    const evidence = await this.evidence.of(intent, { request, context });
    return this.runner.begin(aggregate, id, { ...intent, evidence }, { context, request });
  }
}
