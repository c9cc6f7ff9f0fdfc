import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { request as aggregate } from '@waymark/targeted-support-domain';
import { EvidenceReader } from '../../copies/evidence-reader.js';
import type { WithdrawRequestRequest } from './request.js';

export class WithdrawRequest extends ServiceCommand<WithdrawRequestRequest> {}

@CommandHandler(WithdrawRequest)
export class WithdrawRequestHandler implements ICommandHandler<WithdrawRequest> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly evidence: EvidenceReader,
  ) {}

  execute({ id, request, context }: WithdrawRequest): Promise<CommandAnswer> {
    const { reasons } = request;
    return this.runner.change(
      aggregate,
      id,
      async ({ caseId }) => {
        const intent = { kind: 'WithdrawRequest', caseId, requestId: id as Uuid, reasons } as const;
        return { ...intent, evidence: await this.evidence.of(intent, { request, context }) };
      },
      { context, request },
    );
  }
}
