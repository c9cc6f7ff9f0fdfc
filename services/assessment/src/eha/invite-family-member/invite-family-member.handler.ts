import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import { type PersonId, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { InviteFamilyMemberRequest } from './request.js';

export class InviteFamilyMember extends ServiceCommand<InviteFamilyMemberRequest> {}

@CommandHandler(InviteFamilyMember)
export class InviteFamilyMemberHandler implements ICommandHandler<InviteFamilyMember> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: InviteFamilyMember): Promise<CommandAnswer> {
    const { personId, part } = request;
    return this.runner.change(
      eha,
      id,
      ({ caseId }) => ({
        kind: 'InviteFamilyMember',
        caseId,
        personId: (personId ?? derivedId(context.commandId, 'person')) as unknown as PersonId,
        part,
      }),
      { context, request },
    );
  }
}
