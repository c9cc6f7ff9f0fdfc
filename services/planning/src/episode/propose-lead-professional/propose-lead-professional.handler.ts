import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { episode } from '@waymark/planning-domain';
import { ConsentReader } from '../../copies/consent-reader.js';
import { professional } from '../../shared/requests.js';
import type { ProposeLeadProfessionalRequest } from './request.js';

export class ProposeLeadProfessional extends ServiceCommand<ProposeLeadProfessionalRequest> {}

@CommandHandler(ProposeLeadProfessional)
export class ProposeLeadProfessionalHandler implements ICommandHandler<ProposeLeadProfessional> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly consents: ConsentReader,
  ) {}

  execute({ id, request, context }: ProposeLeadProfessional): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      async ({ caseId }) => ({
        kind: 'ProposeLeadProfessional',
        caseId,
        episodeId: id as Uuid,
        leadProfessional: professional(request.leadProfessional),
        why: request.why,
        evidence: { consent: await this.consents.of(caseId, request.consentId, request) },
      }),
      { context, request },
    );
  }
}
