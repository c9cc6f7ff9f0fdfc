import type { After, Aggregates, Handled, Loaded } from '@waymark/event-store';
import {
  type Actor,
  type CaseId,
  type Clock,
  type CommandMeta,
  type DomainEvent,
  type OrganisationId,
  type Refused,
  type UserId,
  type Uuid,
} from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { ReactionFailure, type Dispatch, type Fire, type IssueMeta } from '@waymark/event-processing';
import { AuthorityNotKnown, type Guidance } from '../commands/guidance.js';
import type { AnyAggregate, ServiceDefinition } from './service-definition.js';

/** The platform itself, where nobody in particular acts. */
export const systemActor: Actor = { user: 'waymark' as UserId, role: 'system', organisation: 'waymark' as OrganisationId };

interface Deps {
  readonly clock: Clock;
  readonly services: readonly ServiceDefinition[];
  readonly aggregates: Aggregates;
  readonly guidance: Guidance;
}

/** How workflows and timers command aggregates. */
export interface SystemCommands {
  readonly dispatch: Dispatch;
  readonly fire: Fire;
}

interface Target {
  readonly aggregate: string;
  readonly id: string;
}

type SystemCommand = { readonly kind: string; readonly caseId: CaseId | null };

export const systemCommands = ({ clock, services, aggregates, guidance }: Deps): SystemCommands => {
  const known = new Map(
    services.flatMap((service) => service.aggregates.map((aggregate): [string, AnyAggregate] => [aggregate.name, aggregate])),
  );

  const packFor = async (aggregate: AnyAggregate, decision: Parameters<Guidance['authorityFor']>[1], kind: string): Promise<PolicyPack> => {
    try {
      return guidance.packOf(await guidance.authorityFor(aggregate, decision), decision.at);
    } catch (error) {
      throw error instanceof AuthorityNotKnown ? new ReactionFailure(`${kind}: ${error.message}`) : error;
    }
  };

  const handle = async (
    { aggregate: name, id }: Target,
    command: SystemCommand,
    { asker, ...traced }: IssueMeta,
  ): Promise<Handled<DomainEvent> | Refused> => {
    const aggregate = known.get(name);
    if (!aggregate) throw new ReactionFailure(`${command.kind}: there is no aggregate ${name} in this process`);
    // Nothing is decided before what it rests on; another process's clock may be ahead.
    const now = asker && asker.occurredAt > clock.now() ? asker.occurredAt : clock.now();
    const { state } = (await aggregates.load(aggregate, id)) as Loaded<unknown>;
    const pack = await packFor(aggregate, { caseId: command.caseId, state, at: now }, command.kind);
    const meta: CommandMeta = { ...traced, now, ...(asker ?? { occurredAt: now, actor: systemActor, purpose: 'operation' }) };
    return aggregates.handle(aggregate, id, command as never, { meta, pack });
  };

  return {
    dispatch: async ({ aggregate, id, command }, traced) => {
      const result = await handle({ aggregate, id }, command, traced);
      if (result.outcome === 'refused')
        throw new ReactionFailure(`${command.kind} was refused: ${result.rule ?? result.reason}: ${result.message}`);
    },
    fire: async ({ id: deadlineId, aggregate, aggregateId, caseId }, kind, commandId): Promise<After | undefined> => {
      const command = { kind: kind === 'remind' ? 'RemindOfDeadline' : 'MissDeadline', caseId, deadlineId: deadlineId as Uuid };
      const result = await handle({ aggregate, id: aggregateId }, command, {
        commandId,
        correlationId: commandId,
        causationId: deadlineId as Uuid,
      });
      if (result.outcome === 'refused') throw new ReactionFailure(`${command.kind} was refused: ${result.message}`);
      return result.position;
    },
  };
};
