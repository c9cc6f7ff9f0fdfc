import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import type { PersonId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { RecordVoiceRequest } from './request.js';

export class RecordVoice extends ServiceCommand<RecordVoiceRequest> {}

@CommandHandler(RecordVoice)
export class RecordVoiceHandler implements ICommandHandler<RecordVoice> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RecordVoice): Promise<CommandAnswer> {
    const { personId, words } = request;
    return this.runner.change(eha, id, ({ caseId }) => ({ kind: 'RecordVoice', caseId, personId: personId as PersonId, words }), {
      context,
      request,
    });
  }
}
