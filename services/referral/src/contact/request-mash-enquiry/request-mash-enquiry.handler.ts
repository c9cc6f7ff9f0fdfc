import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer, type RecordingRequest } from '@waymark/nest';
import { contact } from '@waymark/referral-domain';

export class RequestMashEnquiry extends ServiceCommand<RecordingRequest> {}

@CommandHandler(RequestMashEnquiry)
export class RequestMashEnquiryHandler implements ICommandHandler<RequestMashEnquiry> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RequestMashEnquiry): Promise<CommandAnswer> {
    return this.runner.change(contact, id, ({ caseId }) => ({ kind: 'RequestMashEnquiry', caseId, contactId: id as Uuid }), {
      context,
      request,
    });
  }
}
