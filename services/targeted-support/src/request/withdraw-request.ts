import { Body, Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Uuid } from '@waymark/kernel';
import { caseOf, Changes, CommandRunner, Context, IdParameter, RecordingRequest, LongText } from '@waymark/nest';
import type { CommandAnswer, RequestContext } from '@waymark/nest';
import { request as supportRequest } from '@waymark/targeted-support-domain';
import { EvidenceReader } from '../replicas/evidence-reader.js';

export class WithdrawRequestRequest extends RecordingRequest {
  @LongText() reasons!: string;
}

@ApiTags('targeted-support: requests')
@Controller('api/targeted-support/requests')
export class WithdrawRequestController {
  constructor(
    private readonly commands: CommandRunner,
    private readonly evidence: EvidenceReader,
  ) {}

  @Changes(':requestId/withdrawal', 'Take a request back, with reasons', {
    does: 'request.change',
    of: caseOf(supportRequest, 'requestId'),
  })
  withdraw(
    @Param('requestId', IdParameter) requestId: Uuid,
    @Body() request: WithdrawRequestRequest,
    @Context() context: RequestContext,
  ): Promise<CommandAnswer> {
    const { reasons } = request;
    return this.commands.change(
      supportRequest,
      requestId,
      async ({ caseId }) => {
        const intent = { kind: 'WithdrawRequest', caseId, requestId, reasons } as const;
        return { ...intent, evidence: await this.evidence.of(intent, { request, context }) };
      },
      { context, request },
    );
  }
}
