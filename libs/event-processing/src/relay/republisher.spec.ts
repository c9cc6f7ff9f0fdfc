import { MemoryBus, BusUnavailable, type Message } from '@waymark/messaging';
import { MemoryReadModelStore } from '@waymark/read-model';
import type { Instant } from '@waymark/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append, at, caseOf, clock, counted, Counted, countedAnew, noPause, until } from '../../test/events.js';
import { MemoryEvents } from '../../test/memory-events.js';
import { relayReaction, type Relay } from './relay.js';
import { Republisher } from './republisher.js';
import type { Subscriber } from '../log/subscriber.js';

describe('B5 a contract that is published again from the log', () => {
  let store: MemoryEvents;
  let readModel: MemoryReadModelStore;
  let bus: MemoryBus;
  let got: Message[];
  const stop = new AbortController();
  const old: Relay<typeof Counted> = {
    ...{ name: 'planning.relay', handles: [Counted], topics: [counted.topic] },
    publish: ({ data }) => [{ contract: counted, data: data.n === 13 ? {} : data }],
  };
  const now: Relay<typeof Counted> = {
    ...old,
    publish: (event) => [...old.publish(event), { contract: countedAnew, data: { count: event.data.n } }],
  };
  const deps = () => ({ store, readModel, clock, sleep: noPause });
  const relayed = async (relay: Relay<typeof Counted>): Promise<Subscriber> => {
    const reaction = relayReaction(relay, bus, deps());
    reaction.start();
    expect(await reaction.waitFor(await store.head(), 5_000)).toBe(true);
    await reaction.stop();
    return reaction;
  };
  const republisher = () => new Republisher({ relay: now, contracts: [counted, countedAnew], bus, deps: deps(), pageSize: 2 });
  const again = async (from: Instant | null = null, by = republisher()) => {
    await by.start(countedAnew.type, from);
    await by.idle();
    return by.find(countedAnew.type);
  };
  const counts = () => got.filter(({ type }) => type === countedAnew.type).map(({ data }) => (data as { count: number }).count);

  beforeEach(async () => {
    [store, readModel, got] = [new MemoryEvents(), new MemoryReadModelStore(), []];
    bus = new MemoryBus({ contracts: [counted, countedAnew], sleep: noPause });
    void bus.consume(
      { group: 'g', topics: [counted.topic] },
      async (batch) => void got.push(...batch.map(({ message }) => message)),
      stop.signal,
    );
    for (const n of [1, 2, 3]) await append(store, 'a', Counted({ n }));
  });
  afterEach(() => bus.close());

  it('goes out for all that the relay has published, under the ids that it would have had, and nothing else of it', async () => {
    await relayed(old);
    await append(store, 'a', Counted({ n: 4 }));
    expect(await again()).toMatchObject({ state: 'done', read: 3, published: 3, left: 0, place: store.all[2]?.position });
    await relayed(now);
    await until(() => counts().length === 4);
    expect(counts()).toEqual([1, 2, 3, 4]);
    expect(await again()).toMatchObject({ state: 'done', published: 4 });
    await until(() => counts().length === 8);
    const ids = got.filter(({ type }) => type === countedAnew.type).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
    expect(got.filter(({ type }) => type === counted.type)).toHaveLength(4);
  });

  it('goes out from a date on', async () => {
    await relayed(old);
    expect(await again('2027-01-01T00:00:00.000Z' as Instant)).toMatchObject({ state: 'done', read: 3, published: 0 });
    expect(await again(at)).toMatchObject({ state: 'done', published: 3 });
  });

  it('goes on where it was cut off, and not from the beginning', async () => {
    for (const n of [4, 5]) await append(store, 'a', Counted({ n }));
    await relayed(old);
    const first = republisher();
    const publish = bus.publish.bind(bus);
    let away = false;
    bus.publish = (topic, messages) => {
      if (away) return Promise.reject(new BusUnavailable('away'));
      away = true;
      return publish(topic, messages);
    };
    await first.start(countedAnew.type, null);
    await until(async () => (await first.find(countedAnew.type))?.published === 2);
    await first.stop();
    expect(await first.find(countedAnew.type)).toMatchObject({ state: 'running', read: 2 });
    bus.publish = publish;
    expect(await again()).toMatchObject({ state: 'done', read: 5, published: 5 });
    await until(() => counts().length === 5);
    expect(counts()).toEqual([1, 2, 3, 4, 5]);
  });

  it('leaves out, and counts, what is parked at the relay and what the bus refuses', async () => {
    await append(store, 'b', Counted({ n: 13 }));
    await append(store, 'b', Counted({ n: 14 }));
    await append(store, 'a', Counted({ n: 5 }));
    const relay = await relayed(old);
    expect((await relay.parked()).map(({ key }) => key)).toEqual([caseOf('b'), caseOf('b')]);
    expect(await again()).toMatchObject({ state: 'done', published: 4, left: 2 });
    await until(() => counts().length === 4);
    expect(counts()).toEqual([1, 2, 3, 5]);
  });
});
