import type { Actor, AnyContract, AnyEventDefinition, DomainEvent, Instant, WorkflowState } from '@waymark/kernel';
import { caseOfKey, type Bus, type Message } from '@waymark/messaging';
import { Consumer, type ConsumerDeps } from '../bus/consumer.js';
import { filterOf } from '../projections/projection.js';
import { Subscriber } from '../log/subscriber.js';
import type { LogReactionDeps } from '../log/log-subscription.js';
import type { TracedInput, WorkflowRunner } from './workflow-runner.js';

/** A workflow over events of its own service. */
export const workflowOverLog = <I extends DomainEvent, S extends WorkflowState>(
  runner: WorkflowRunner<I, S>,
  handles: readonly AnyEventDefinition[],
  deps: LogReactionDeps,
): Subscriber => {
  const filter = filterOf(handles);
  return new Subscriber(
    {
      name: runner.name,
      ...(filter ? { filter } : {}),
      effect: async (events) => {
        for (const event of events) await runner.take({ ...event, of: event } as unknown as TracedInput<I>);
      },
    },
    deps,
  );
};

/** A workflow over what other services publish. A message does not say who did it, so the inputs have the runner's own actor. */
export const workflowOverBus = <I extends DomainEvent, S extends WorkflowState, C extends AnyContract>(
  runner: WorkflowRunner<I, S>,
  contracts: { readonly handles: readonly C[]; readonly ignores?: readonly AnyContract[] },
  bus: Bus,
  deps: ConsumerDeps,
): Consumer<C> =>
  new Consumer<C>(
    {
      name: runner.name,
      ...contracts,
      effect: async (messages) => {
        for (const message of messages) await runner.take(inputOf(message, runner.actor));
      },
    },
    bus,
    deps,
  );

const inputOf = <I extends DomainEvent>(message: Message, actor: Actor): TracedInput<I> => {
  const { id, type, key, time, correlationId, causationId = id, data } = message;
  return {
    id,
    eventId: causationId,
    type,
    data,
    caseId: caseOfKey(key),
    occurredAt: time as Instant,
    actor,
    correlationId,
  } as unknown as TracedInput<I>;
};
