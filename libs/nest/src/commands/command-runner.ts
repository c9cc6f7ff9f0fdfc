import { Inject, Injectable } from '@nestjs/common';
import type { Aggregates, Handled } from '@waymark/event-store';
import {
  instant,
  type Aggregate,
  type CaseId,
  type Clock,
  type Command,
  type CommandMeta,
  type DomainEvent,
  type Instant,
  type Intent,
  type Refused,
} from '@waymark/kernel';
import type { Authority, PackSource, PolicyPack } from '@waymark/policy';
import { CausalClock } from '../clock/causal-clock.js';
import type { RequestContext } from '../identity/request-context.js';
import { notFound, problem } from '../problems/problem.js';
import { refusalProblem } from '../problems/refusal.js';
import type { RecordingRequest } from '../fields/fields.js';
import type { AnyAggregate } from '../platform/service-definition.js';
import { idsOf, type CommandAnswer } from './answer.js';
import { CaseDirectory } from './case-directory.js';

export const AGGREGATES = Symbol('aggregates');
export const PACKS = Symbol('packs');
export const CLOCK = Symbol('clock');

interface Circumstances {
  readonly context: RequestContext;
  /** The body, for when it happened. */
  readonly request: RecordingRequest;
}

type StateOf<A> = A extends { readonly initial: infer S } ? S : never;
type CommandOf<A> = A extends { readonly decide: (command: infer C extends Command, ...rest: never[]) => unknown } ? C : never;
type IntentOf<A> = Intent<CommandOf<A>>;
type Awaitable<T> = T | Promise<T>;

/** What is already there: an aggregate's state and the case it belongs to. */
export interface Found<S> {
  readonly state: S;
  readonly version: number;
  readonly caseId: CaseId;
}

/**
 * Runs a request against its aggregate: finds the policy pack in force, decides, appends, answers. Handlers hold
 * nothing of the practice; they say which aggregate and what is asked of it.
 */
@Injectable()
export class CommandRunner {
  constructor(
    @Inject(AGGREGATES) private readonly aggregates: Aggregates,
    @Inject(PACKS) private readonly packs: PackSource,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly cases: CaseDirectory,
  ) {}

  /** Begins something new, or adds to something that may not be there yet. `authority` only where the case is new. */
  async begin<C extends Command, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
    intent: Intent<C>,
    { context, request, authority }: Circumstances & { readonly authority?: Authority },
  ): Promise<CommandAnswer> {
    const known = authority ?? (await this.cases.authorityOf(serviceOf(aggregate), intent.caseId));
    if (!known) throw notFound('case');
    return this.handle(aggregate, id, intent, { context, request, authority: known });
  }

  /** Changes something that is there; 404 where it is not. The pack is that of the authority under which it was begun. */
  async change<A extends AnyAggregate, const I extends IntentOf<A>>(
    aggregate: A,
    id: string,
    intentOf: (found: Found<StateOf<A>>) => Awaitable<I>,
    circumstances: Circumstances,
  ): Promise<CommandAnswer> {
    const found = await this.find<never, DomainEvent, StateOf<A>>(aggregate, id);
    const intent = await intentOf(found);
    return this.handle(aggregate, id, intent, { ...circumstances, authority: found.authority });
  }

  /** An aggregate as it stands; 404 where there is none. */
  async find<C extends Command, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
  ): Promise<Found<S> & { readonly authority: Authority }> {
    const { state, version, origin } = await this.aggregates.load(aggregate, id);
    if (!origin?.caseId) throw notFound(nameOf(aggregate));
    return { state, version, caseId: origin.caseId, authority: origin.policy.pack as Authority };
  }

  /** Like {@link find}, for evidence: undefined where there is none, never a 404. */
  async peek<C extends Command, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
  ): Promise<{ readonly state: S; readonly version: number }> {
    return this.aggregates.load(aggregate, id);
  }

  /**
   * The moment that a decision is about: the one that the request tells of, or now. Now is no earlier than what the decision rests on.
   * @param toldAt when the newest of what was taken over from other services was dated
   */
  momentOf({ occurredAt }: RecordingRequest, ...toldAt: readonly (string | undefined)[]): Instant {
    for (const told of toldAt) if (told !== undefined && this.clock instanceof CausalClock) this.clock.observe(instant(told));
    return occurredAt === undefined ? this.clock.now() : instant(occurredAt);
  }

  private async handle<C extends Command, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
    intent: Intent<C>,
    { context, request, authority }: Circumstances & { readonly authority: Authority },
  ): Promise<CommandAnswer> {
    const meta = this.metaOf(context, request);
    const result: Handled<E> | Refused = await this.aggregates.handle(aggregate, id, intent, {
      meta,
      pack: this.packs.packFor(authority, meta.now),
      ...(typeof context.expected === 'number' ? { expected: context.expected } : {}),
    });
    if (result.outcome === 'refused') throw refusalProblem(result);
    const { version, position, events } = result;
    return { id, caseId: intent.caseId, version, position, events: events.map(({ type }) => type), ids: idsOf(events) };
  }

  private metaOf(context: RequestContext, request: RecordingRequest): CommandMeta {
    const now = this.clock.now();
    const occurredAt = request.occurredAt === undefined ? now : instant(request.occurredAt);
    if (occurredAt > now)
      throw problem(
        [422, 'rule:GEN-02', 'When it happened and when it is recorded'],
        'It cannot have happened later than now; leave occurredAt out or give the true moment.',
        { rule: 'GEN-02', field: 'occurredAt' },
      );
    const { actor, purpose, commandId, correlationId } = context;
    return { commandId, now, occurredAt, actor, purpose, correlationId, causationId: commandId };
  }
}

const serviceOf = (aggregate: { readonly name: string }): string => aggregate.name.split('.')[0] ?? '';
const nameOf = (aggregate: { readonly name: string }): string => (aggregate.name.split('.')[1] ?? 'record').replaceAll('-', ' ');
