import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Aggregates } from '@waymark/event-store';
import type { AnyCommand, DomainEvent, Intent } from '@waymark/kernel';
import type { AnyAggregate } from '../platform/service-definition.js';
import type { CommandAnswer } from './answer.js';
import { AuthorityInForce } from './authority-in-force.js';
import { CommandExecution, type RequestOrigin } from './command-execution.js';
import { found, type Found } from './found.js';
import { AGGREGATES } from './tokens.js';

type StateOf<A> = A extends { readonly initial: infer S } ? S : never;
type CommandOf<A> = A extends { readonly decide: (command: infer C extends AnyCommand, ...rest: never[]) => unknown } ? C : never;
type CaseOf<A> = CommandOf<A>['caseId'];
type Awaitable<T> = T | Promise<T>;

export type IntentOf<A> = Intent<CommandOf<A>>;
/** Makes the command for an aggregate from its current state. */
export type IntentFrom<A, I = IntentOf<A>> = (found: Found<StateOf<A>, CaseOf<A>>) => Awaitable<I>;

/** On the command bus: something that is there is changed. */
export class Change<A extends AnyAggregate = AnyAggregate> extends Command<CommandAnswer> {
  constructor(
    readonly aggregate: A,
    readonly id: string,
    readonly intentOf: IntentFrom<A>,
    readonly circumstances: RequestOrigin,
  ) {
    super();
  }
}

@CommandHandler(Change)
export class ChangeHandler implements ICommandHandler<Change> {
  constructor(
    @Inject(AGGREGATES) private readonly aggregates: Aggregates,
    private readonly authority: AuthorityInForce,
    private readonly execution: CommandExecution,
  ) {}

  async execute<A extends AnyAggregate>({ aggregate, id, intentOf, circumstances }: Change<A>): Promise<CommandAnswer> {
    const before = await found<CommandOf<A>, DomainEvent, StateOf<A>>(this.aggregates, aggregate, id);
    const intent = await intentOf(before);
    const { caseId } = intent as Intent<AnyCommand>;
    const authority = await this.authority.ofFound(aggregate, { state: before.state, caseId });
    return this.execution.run(aggregate, id, intent, { ...circumstances, authority });
  }
}
