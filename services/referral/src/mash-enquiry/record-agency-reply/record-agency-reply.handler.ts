import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { OrganisationId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { mashEnquiry, type AgencyReply } from '@waymark/referral-domain';
import type { RecordAgencyReplyRequest } from './request.js';

export class RecordAgencyReply extends ServiceCommand<RecordAgencyReplyRequest> {}

@CommandHandler(RecordAgencyReply)
export class RecordAgencyReplyHandler implements ICommandHandler<RecordAgencyReply> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: RecordAgencyReply): Promise<CommandAnswer> {
    const { agency } = request;
    const organisation = (request.organisation ?? null) as OrganisationId | null;
    return this.runner.change(
      mashEnquiry,
      id,
      ({ caseId }) => ({ kind: 'RecordAgencyReply', caseId, agency, organisation, reply: replyOf(request) }),
      { context, request },
    );
  }
}

/** What a reply of each kind has to say is the domain's to judge; what is left out is empty. */
const replyOf = ({ kind, shared = '', basis = '', reason = '' }: RecordAgencyReplyRequest): AgencyReply => {
  if (kind === 'shared') return { kind, shared, basis };
  return kind === 'refused' ? { kind, reason } : { kind };
};
