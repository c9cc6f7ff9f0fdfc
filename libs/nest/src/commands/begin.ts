import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Aggregate, AnyCommand, DomainEvent, Intent } from '@waymark/kernel';
import type { Authority, PolicyPack } from '@waymark/policy';
import type { CommandAnswer } from './answer.js';
import { AuthorityInForce } from './authority-in-force.js';
import { CommandExecution, type RequestOrigin } from './command-execution.js';

/** On the command bus: something is begun, or added to what may not be there yet. */
export class Begin<C extends AnyCommand = AnyCommand, E extends DomainEvent = DomainEvent, S = unknown> extends Command<CommandAnswer> {
  constructor(
    readonly aggregate: Aggregate<C, E, S, PolicyPack>,
    readonly id: string,
    readonly intent: Intent<C>,
    readonly circumstances: RequestOrigin & { readonly authority?: Authority | 'none' },
  ) {
    super();
  }
}

@CommandHandler(Begin)
export class BeginHandler implements ICommandHandler<Begin> {
  constructor(
    private readonly authority: AuthorityInForce,
    private readonly execution: CommandExecution,
  ) {}

  async execute<C extends AnyCommand, E extends DomainEvent, S>({
    aggregate,
    id,
    intent,
    circumstances,
  }: Begin<C, E, S>): Promise<CommandAnswer> {
    const authority = circumstances.authority ?? (await this.authority.ofNew(aggregate, intent.caseId));
    return this.execution.run(aggregate, id, intent, { ...circumstances, authority });
  }
}
