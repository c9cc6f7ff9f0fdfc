import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { eha } from '@waymark/assessment-domain';
import { type Uuid, derivedId } from '@waymark/kernel';
import { CommandRunner, ServiceCommand, type CommandAnswer } from '@waymark/nest';
import type { ContributeSectionRequest } from './request.js';

export class ContributeSection extends ServiceCommand<ContributeSectionRequest> {}

@CommandHandler(ContributeSection)
export class ContributeSectionHandler implements ICommandHandler<ContributeSection> {
  constructor(private readonly runner: CommandRunner) {}

  execute({ id, request, context }: ContributeSection): Promise<CommandAnswer> {
    const { heading, text, corrects } = request;
    return this.runner.change(
      eha,
      id,
      ({ caseId }) => ({
        kind: 'ContributeSection',
        caseId,
        sectionId: derivedId(context.commandId, 'section'),
        heading,
        text,
        corrects: (corrects ?? null) as Uuid | null,
      }),
      { context, request },
    );
  }
}
