import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Uuid } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import { contact } from '@waymark/referral-domain';
import type { TriageContactRequest } from './request.js';

export class TriageContact extends ServiceCommand<TriageContactRequest> {}

@CommandHandler(TriageContact)
export class TriageContactHandler implements ICommandHandler<TriageContact> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: TriageContact): Promise<CommandAnswer> {
    const { outcome, rationale, threshold } = request;
    return this.runner.change(
      contact,
      id,
      ({ caseId }) => ({
        kind: 'TriageContact',
        caseId,
        contactId: id as Uuid,
        outcome,
        rationale,
        threshold: threshold ? { ...threshold, topOfLevel: threshold.topOfLevel ?? false } : null,
      }),
      { context, request },
    );
  }
}
