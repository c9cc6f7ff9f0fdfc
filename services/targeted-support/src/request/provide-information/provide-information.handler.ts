import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OrganisationId, Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { request as aggregate } from '@waymark/targeted-support-domain';
import { EvidenceReader } from '../../copies/evidence-reader.js';
import type { ProvideInformationRequest } from './request.js';

export class ProvideInformation extends ServiceCommand<ProvideInformationRequest> {}

@CommandHandler(ProvideInformation)
export class ProvideInformationHandler implements ICommandHandler<ProvideInformation> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly evidence: EvidenceReader,
  ) {}

  execute({ id, request, context }: ProvideInformation): Promise<CommandAnswer> {
    const { information, needs, kinds, sharedWith } = request;
    return this.runner.change(
      aggregate,
      id,
      async ({ caseId }) => {
        const intent = {
          kind: 'ProvideInformation' as const,
          caseId,
          requestId: id as Uuid,
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
