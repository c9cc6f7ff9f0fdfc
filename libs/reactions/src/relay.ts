import type { Recorded } from '@waymark/event-store';
import type { AnyContract, AnyEventDefinition, NonEmpty } from '@waymark/kernel';
import { laterEnds, sourceOf, type Bus, type Ends, type Message } from '@waymark/messaging';
import { realSleep } from './ambient.js';
import { splitName } from './dead-letter.js';
import { ReactionFailure } from './failure.js';
import type { Pace } from './pace.js';
import { ProgressTeller } from './progress-teller.js';
import { filterOf, type SealedOf } from './projection.js';
import { Subscriber } from './subscriber.js';
import type { LogSurroundings } from './subscribing.js';

/** What a domain event tells the other services. */
export interface Told<C extends AnyContract = AnyContract> {
  readonly contract: C;
  readonly data: unknown;
}

export interface Relay<D extends AnyEventDefinition = AnyEventDefinition> {
  /** `<service>.<name>`; one relay a service, so that the messages of a case keep the order of its events. */
  readonly name: string;
  readonly handles: readonly D[];
  /** All that it publishes to. */
  readonly topics: readonly string[];
  /** The contract's words for an event, or nothing to tell. Nothing is opened for it: no contract has a personal field. */
  readonly translate: (event: SealedOf<D>) => Told | undefined;
}

export interface RelaySurroundings extends LogSurroundings {
  /** On a bus to which each publication is a journey, a relay gives way to who appends. */
  readonly pace?: Pace;
  /** On a store to which each write is a journey: see {@link Subscribing.noteWithinMs}. */
  readonly noteWithinMs?: number;
}

/**
 * Publishes what a service's events tell, keyed by case, with the event's id as the message's. Published before the checkpoint moves, so a crash in
 * between publishes again: consumers know a repeat by its id and position.
 */
export const relayReaction = <const D extends AnyEventDefinition>(
  relay: Relay<D>,
  bus: Pick<Bus, 'publish' | 'tellProgress' | 'ends'>,
  around: RelaySurroundings,
): Subscriber => {
  const [service] = splitName(relay.name);
  const filter = filterOf(relay.handles);
  const { topics } = relay;
  const progress = new ProgressTeller({ source: sourceOf(service), topics, bus, sleep: around.sleep ?? realSleep });
  return new Subscriber(
    {
      name: relay.name,
      ...(filter ? { filter } : {}),
      opens: [],
      tells: topics,
      ...(around.pace ? { pace: around.pace } : {}),
      ...(around.noteWithinMs === undefined ? {} : { noteWithinMs: around.noteWithinMs }),
      effect: async (events) => {
        let ends: Ends = new Map();
        for (const [topic, messages] of byTopic(service, relay, events as unknown as NonEmpty<SealedOf<D>>))
          ends = laterEnds(ends, await bus.publish(topic, messages));
        progress.published(ends);
      },
      seen: (position, running) => progress.tell(position, running),
    },
    around,
  );
};

const byTopic = <D extends AnyEventDefinition>(
  service: string,
  relay: Relay<D>,
  events: readonly SealedOf<D>[],
): ReadonlyMap<string, NonEmpty<Message>> => {
  const topics = new Map<string, [Message, ...Message[]]>();
  for (const event of events) {
    const told = relay.translate(event);
    if (!told) continue;
    const message = messageOf(service, event, told);
    const others = topics.get(told.contract.topic);
    if (others) others.push(message);
    else topics.set(told.contract.topic, [message]);
  }
  return topics;
};

const messageOf = (service: string, event: Recorded, { contract, data }: Told): Message => {
  if (event.caseId === null)
    throw new ReactionFailure(`${event.type} has no case, so ${String(contract.type)} has no key; tell only events of a case`);
  return {
    id: event.id,
    type: String(contract.type),
    source: sourceOf(service),
    time: event.occurredAt,
    key: event.caseId,
    position: event.position,
    correlationId: event.correlationId,
    data,
  };
};
