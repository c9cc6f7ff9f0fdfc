import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { ConsentReader } from '../../consent/consent-reader.js';
import type { FinaliseEhaRequest } from './request.js';

export class FinaliseEha extends ServiceCommand<FinaliseEhaRequest> {}

@CommandHandler(FinaliseEha)
export class FinaliseEhaHandler implements ICommandHandler<FinaliseEha> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly evidence: ConsentReader,
  ) {}

  execute({ id, request, context }: FinaliseEha): Promise<CommandAnswer> {
    return this.runner.change(
      eha,
      id,
      async ({ caseId }) => ({
        kind: 'FinaliseEha',
        caseId,
        copyGivenTo: request.copyGivenTo as PersonId[],
        evidence: await this.evidence.of(caseId, { request, context }),
      }),
      { context, request },
    );
  }
}
