import { Inject, Injectable } from '@nestjs/common';
import type { RestsOnConsent } from '@waymark/consent';
import type { Aggregates, Handled } from '@waymark/event-store';
import {
  instant,
  streamOf,
  type Aggregate,
  type CaseId,
  type Clock,
  type AnyCommand,
  type CommandMeta,
  type DomainEvent,
  type Instant,
  type Intent,
  type Refused,
} from '@waymark/kernel';
import type { Authority, PolicyPack } from '@waymark/policy';
import { assertSettled } from '../access/case-records.js';
import { grantedTo } from '../access/gate.js';
import { CausalClock } from '../clock/causal-clock.js';
import { ConsentLedgers } from '../consent/consent-ledgers.js';
import type { RequestContext } from '../identity/request-context.js';
import { notFound, problem, unavailable } from '../problems/problem.js';
import { refusalProblem } from '../problems/refusal.js';
import type { RecordingRequest } from '../fields/fields.js';
import type { AnyAggregate } from '../platform/service-definition.js';
import { idsOf, type CommandAnswer } from './answer.js';
import { AuthorityNotKnown, Guidance } from './guidance.js';
import { RequestCommands } from './request-commands.js';

export const AGGREGATES = Symbol('aggregates');
export const CLOCK = Symbol('clock');

interface Circumstances {
  readonly context: RequestContext;
  /** The body, for when it happened. */
  readonly request: RecordingRequest;
}

type StateOf<A> = A extends { readonly initial: infer S } ? S : never;
type CommandOf<A> = A extends { readonly decide: (command: infer C extends AnyCommand, ...rest: never[]) => unknown } ? C : never;
type IntentOf<A> = Intent<CommandOf<A>>;
type CaseOf<A> = CommandOf<A>['caseId'];
type Awaitable<T> = T | Promise<T>;

/** What is already there: an aggregate's state and the case it belongs to, null where it is no one family's. */
export interface Found<S, Of extends CaseId | null = CaseId> {
  readonly state: S;
  readonly version: number;
  readonly caseId: Of;
}

/**
 * Runs a request against its aggregate: finds the policy pack in force, decides, appends, answers. Handlers hold
 * nothing of the practice; they say which aggregate and what is asked of it.
 */
@Injectable()
export class CommandRunner {
  private readonly commands = new RequestCommands();

  constructor(
    @Inject(AGGREGATES) private readonly aggregates: Aggregates,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly guidance: Guidance,
    private readonly consents: ConsentLedgers,
  ) {}

  /**
   * Begins something new, or adds to something that may not be there yet. `authority` where the case is new, or where a record without a case comes
   * under one; 404 where nobody here knows the case.
   */
  async begin<C extends AnyCommand, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
    intent: Intent<C>,
    { context, request, authority }: Circumstances & { readonly authority?: Authority | 'none' },
  ): Promise<CommandAnswer> {
    const known = authority ?? (await this.authorityOfNew(aggregate, intent.caseId));
    return this.handle(aggregate, id, intent, { context, request, authority: known });
  }

  /** Changes something that is there; 404 where it is not. */
  async change<A extends AnyAggregate, const I extends IntentOf<A>>(
    aggregate: A,
    id: string,
    intentOf: (found: Found<StateOf<A>, CaseOf<A>>) => Awaitable<I>,
    circumstances: Circumstances,
  ): Promise<CommandAnswer> {
    const found = await this.load<CommandOf<A>, DomainEvent, StateOf<A>>(aggregate, id);
    const intent = await intentOf(found);
    const { caseId } = intent as Intent<AnyCommand>;
    const authority = await this.authorityFor(aggregate, { state: found.state, caseId });
    return this.handle(aggregate, id, intent, { ...circumstances, authority });
  }

  /** An aggregate as it stands; 404 where there is none. @throws TypeError for a record of another case than the gate settled: nothing is shown */
  async find<C extends AnyCommand, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
    context: RequestContext,
  ): Promise<Found<S, C['caseId']>> {
    const found = await this.load(aggregate, id);
    assertMayBeRead(aggregate, found.caseId, context);
    return found;
  }

  private async load<C extends AnyCommand, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
  ): Promise<Found<S, C['caseId']>> {
    const { state, version, origin } = await this.aggregates.load(aggregate, id);
    if (!origin) throw notFound(nameOf(aggregate));
    return { state, version, caseId: origin.caseId };
  }

  /** The authority under which what was found is decided now; 503 where it is not known here, as long as a copy is behind or parked. */
  async authorityFor<S>(
    aggregate: AnyAggregate,
    { caseId, state }: Pick<Found<S, CaseId | null>, 'caseId' | 'state'>,
  ): Promise<Authority | 'none'> {
    try {
      return await this.guidance.authorityFor(aggregate, { caseId, state, at: this.clock.now() });
    } catch (error) {
      if (!(error instanceof AuthorityNotKnown)) throw error;
      throw unavailable(
        `It is not known here yet under which authority this ${error.of} is, so nothing was decided. Try again in a moment; if that does not help, what /api/${aggregate.name.split('.')[0]}/operation/parked shows has to be taken in first.`,
      );
    }
  }

  private async authorityOfNew(aggregate: AnyAggregate, caseId: CaseId | null): Promise<Authority | 'none'> {
    try {
      return await this.guidance.authorityFor(aggregate, { caseId, state: aggregate.initial, at: this.clock.now() });
    } catch (error) {
      throw error instanceof AuthorityNotKnown ? notFound(error.of) : error;
    }
  }

  /** Like {@link find}, for evidence: undefined where there is none, never a 404. */
  async peek<C extends AnyCommand, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
    context: RequestContext,
  ): Promise<{ readonly state: S; readonly version: number }> {
    const loaded = await this.aggregates.load(aggregate, id);
    assertMayBeRead(aggregate, loaded.origin?.caseId ?? null, context);
    return loaded;
  }

  /**
   * The moment that a decision is about: the one that the request tells of, or now. Now is no earlier than what the decision rests on.
   * @param toldAt when the newest of what was taken over from other services was dated
   */
  momentOf({ occurredAt }: RecordingRequest, ...toldAt: readonly (string | undefined)[]): Instant {
    for (const told of toldAt) if (told !== undefined && this.clock instanceof CausalClock) this.clock.observe(instant(told));
    return occurredAt === undefined ? this.clock.now() : instant(occurredAt);
  }

  private async handle<C extends AnyCommand, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
    intent: Intent<C>,
    { context, request, authority }: Circumstances & { readonly authority: Authority | 'none' },
  ): Promise<CommandAnswer> {
    const informed = await this.withConsent(aggregate, intent);
    const meta = { ...this.metaOf(context, request), commandId: this.commands.idOfNext(context, streamOf(aggregate, id)) };
    const result: Handled<E> | Refused = await this.aggregates.handle(aggregate, id, informed, {
      meta,
      pack: this.guidance.packOf(authority, meta.now),
      ...(typeof context.expected === 'number' ? { expected: context.expected } : {}),
    });
    if (result.outcome === 'refused') throw refusalProblem(result);
    const { version, position, events } = result;
    return { id, caseId: intent.caseId, version, position, events: events.map(({ type }) => type), ids: idsOf(events) };
  }

  /** What rests on consent is decided on what is known of it; what waits for none does not wait for that either. */
  private async withConsent<I extends { readonly kind: string; readonly caseId: CaseId | null }>(
    aggregate: { readonly name: string } & Partial<RestsOnConsent>,
    intent: I,
  ): Promise<I> {
    if (intent.caseId === null || !aggregate.restsOnConsent?.(intent)) return intent;
    return { ...intent, consent: await this.consents.of(String(aggregate.name.split('.')[0]), intent.caseId) };
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

/** What is no one family's is held to no case, but is read behind the gate all the same. */
const assertMayBeRead = ({ name }: { readonly name: string }, caseId: CaseId | null, context: RequestContext): void => {
  if (caseId === null) grantedTo(context);
  else assertSettled(name, caseId, context);
};

const nameOf = (aggregate: { readonly name: string }): string => (aggregate.name.split('.')[1] ?? 'record').replaceAll('-', ' ');
