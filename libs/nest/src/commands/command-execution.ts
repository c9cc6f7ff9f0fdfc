import { Inject, Injectable } from '@nestjs/common';
import type { RestsOnConsent } from '@waymark/consent';
import type { Aggregates, Handled } from '@waymark/event-store';
import {
  instant,
  streamOf,
  type Aggregate,
  type AnyCommand,
  type CaseId,
  type Clock,
  type CommandMeta,
  type DomainEvent,
  type Intent,
  type Refused,
} from '@waymark/kernel';
import type { Authority, PolicyPack } from '@waymark/policy';
import { ConsentLedgers } from '../consent/consent-ledgers.js';
import type { RecordingRequest } from '../fields/fields.js';
import type { RequestContext } from '../identity/request-context.js';
import { problem } from '../problems/problem.js';
import { refusalProblem } from '../problems/refusal.js';
import { idsOf, type CommandAnswer } from './answer.js';
import { Guidance } from './guidance.js';
import { RequestCommands } from './request-commands.js';
import { AGGREGATES, CLOCK } from './tokens.js';

/** With what a command comes. */
export interface RequestOrigin {
  readonly context: RequestContext;
  /** The body, for when it happened. */
  readonly request: RecordingRequest;
}

/** The one way of a request's command to its aggregate: under the policy pack in force it is decided, appended, answered. */
@Injectable()
export class CommandExecution {
  private readonly commands = new RequestCommands();

  constructor(
    @Inject(AGGREGATES) private readonly aggregates: Aggregates,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly guidance: Guidance,
    private readonly consents: ConsentLedgers,
  ) {}

  async run<C extends AnyCommand, E extends DomainEvent, S>(
    aggregate: Aggregate<C, E, S, PolicyPack>,
    id: string,
    intent: Intent<C>,
    { context, request, authority }: RequestOrigin & { readonly authority: Authority | 'none' },
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

  /** Adds the family's consent to a command that depends on it. Other commands do not wait for it. */
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
