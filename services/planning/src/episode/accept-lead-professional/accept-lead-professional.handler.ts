import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer, type RecordingRequest } from '@waymark/nest';
import { episode, proposedOn } from '@waymark/planning-domain';
import { ConsentReader } from '../../copies/consent-reader.js';

export class AcceptLeadProfessional extends ServiceCommand<RecordingRequest> {}

@CommandHandler(AcceptLeadProfessional)
export class AcceptLeadProfessionalHandler implements ICommandHandler<AcceptLeadProfessional> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly consents: ConsentReader,
  ) {}

  execute({ id, request, context }: AcceptLeadProfessional): Promise<CommandAnswer> {
    return this.runner.change(
      episode,
      id,
      async ({ caseId, state }) => ({
        kind: 'AcceptLeadProfessional',
        caseId,
        episodeId: id as Uuid,
        evidence: { consent: await this.consents.of(caseId, proposedOn(state.subject), request) },
      }),
      { context, request },
    );
  }
}
