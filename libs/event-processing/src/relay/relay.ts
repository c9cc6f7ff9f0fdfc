import { realSleep } from '@waymark/async';
import type { Recorded } from '@waymark/event-store';
import { derivedId, type AnyContract, type AnyEventDefinition, type NonEmpty } from '@waymark/kernel';
import { laterEndOffsets, sourceOf, type Bus, type EndOffsets, type Message } from '@waymark/messaging';
import { splitName } from '../core/dead-letter.js';
import { ReactionFailure } from '../core/failure.js';
import type { LoadThrottle } from './load-throttle.js';
import { ProgressPublisher } from './progress-publisher.js';
import { filterOf, type SealedOf } from '../projections/projection.js';
import { Subscriber } from '../log/subscriber.js';
import type { LogReactionDeps } from '../log/log-subscription.js';

/** A contract that a domain event publishes, and its data. */
export interface OutgoingMessage<C extends AnyContract = AnyContract> {
  readonly contract: C;
  readonly data: unknown;
}

export interface Relay<D extends AnyEventDefinition = AnyEventDefinition> {
  /** `<service>.<name>`; one relay a service, so that the messages of a case keep the order of its events. */
  readonly name: string;
  readonly handles: readonly D[];
  /** All that it publishes to. */
  readonly topics: readonly string[];
  /**
   * What an event publishes: nothing, or one message for each of some contracts, two versions of one side by side for one. They travel in this order. Nothing is
   * opened for it: no contract has a personal field.
   */
  readonly publish: (event: SealedOf<D>) => readonly OutgoingMessage[];
}

export interface RelayDeps extends LogReactionDeps {
  /** On a bus to which each publication is a round trip, a relay gives way to who appends. */
  readonly throttle?: LoadThrottle;
  /** On a store to which each write is a round trip: see {@link LogSubscription.checkpointWithinMs}. */
  readonly checkpointWithinMs?: number;
}

/**
 * Publishes what a service's events mean to others, keyed by case, or by stream where there is none. Published before the checkpoint moves, so a crash in between
 * publishes again: the same messages have the same ids, and consumers know a repeat by its contract and position.
 */
export const relayReaction = <const D extends AnyEventDefinition>(
  relay: Relay<D>,
  bus: Pick<Bus, 'publish' | 'publishProgress' | 'endOffsets'>,
  deps: RelayDeps,
): Subscriber => {
  const [service] = splitName(relay.name);
  const filter = filterOf(relay.handles);
  const { topics } = relay;
  const progress = new ProgressPublisher({ source: sourceOf(service), topics, bus, sleep: deps.sleep ?? realSleep });
  return new Subscriber(
    {
      name: relay.name,
      ...(filter ? { filter } : {}),
      opens: [],
      publishes: topics,
      ...(deps.throttle ? { throttle: deps.throttle } : {}),
      ...(deps.checkpointWithinMs === undefined ? {} : { checkpointWithinMs: deps.checkpointWithinMs }),
      effect: async (events) => {
        let ends: EndOffsets = new Map();
        const published = (events as unknown as NonEmpty<SealedOf<D>>).flatMap((event) => messagesOf(service, relay, event));
        for (const [topic, messages] of byTopic(published)) ends = laterEndOffsets(ends, await bus.publish(topic, messages));
        progress.published(ends);
      },
      seen: (position, running) => progress.publish(position, running),
    },
    deps,
  );
};

/** What an event publishes, as it travels. @throws ReactionFailure when a contract is published twice from one event: the two would have one id */
export const messagesOf = <D extends AnyEventDefinition>(
  service: string,
  { publish }: Pick<Relay<D>, 'publish'>,
  event: SealedOf<D>,
): readonly Published[] => {
  const published = publish(event);
  const types = new Set(published.map(({ contract }) => String(contract.type)));
  if (types.size < published.length)
    throw new ReactionFailure(`${event.type} publishes a contract twice (${[...types].join(', ')}); publish each once from one event`);
  return published.map(({ contract, data }) => ({
    topic: String(contract.topic),
    message: messageOf(service, event, String(contract.type), data),
  }));
};

export interface Published {
  readonly topic: string;
  readonly message: Message;
}

/** Those of each topic, in order. */
export const byTopic = (published: readonly Published[]): ReadonlyMap<string, NonEmpty<Message>> => {
  const topics = new Map<string, [Message, ...Message[]]>();
  for (const { topic, message } of published) {
    const others = topics.get(topic);
    if (others) others.push(message);
    else topics.set(topic, [message]);
  }
  return topics;
};

const messageOf = (service: string, event: Recorded, type: string, data: unknown): Message => ({
  id: derivedId('message', event.id, type),
  type,
  source: sourceOf(service),
  time: event.occurredAt,
  key: event.caseId ?? event.stream,
  position: event.position,
  correlationId: event.correlationId,
  causationId: event.id,
  data,
});
