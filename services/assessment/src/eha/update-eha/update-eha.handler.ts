import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { ConsentReader } from '../../consent/consent-reader.js';
import type { UpdateEhaRequest } from './request.js';

export class UpdateEha extends ServiceCommand<UpdateEhaRequest> {}

@CommandHandler(UpdateEha)
export class UpdateEhaHandler implements ICommandHandler<UpdateEha> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly evidence: ConsentReader,
  ) {}

  execute({ id, request, context }: UpdateEha): Promise<CommandAnswer> {
    return this.runner.change(
      eha,
      id,
      async ({ caseId }) => ({
        kind: 'UpdateEha',
        caseId,
        copyGivenTo: request.copyGivenTo as PersonId[],
        evidence: await this.evidence.of(caseId, { request, context }),
      }),
      { context, request },
    );
  }
}
