import { MemoryBus, BusUnavailable, type Message } from '@waymark/messaging';
import { MemoryReadModelStore, ReadModelUnavailable } from '@waymark/read-model';
import { derivedId } from '@waymark/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append, at, caseOf, clock, counted, Counted, envelope, Noted, noPause, until } from '../test/events.js';
import { MemoryEvents } from '../test/memory-events.js';
import { relayReaction, type Relay } from './relay.js';
import type { Subscriber } from './subscriber.js';

describe('a relay', () => {
  let store: MemoryEvents;
  let readModel: MemoryReadModelStore;
  let bus: MemoryBus;
  let got: Message[];
  let relay: Subscriber;
  const stop = new AbortController();

  const telling: Relay<typeof Counted | typeof Noted> = {
    name: 'planning.relay',
    handles: [Counted, Noted],
    topics: [counted.topic],
    translate: (event) =>
      event.data.n === 0 ? undefined : { contract: counted, data: event.type === Noted.type ? { wrong: 1 } : event.data },
  };
  const start = () => {
    relay = relayReaction(telling, bus, { store, readModel, clock, sleep: noPause });
    relay.start();
  };
  const atHead = async () => expect(await relay.waitFor(await store.head(), 5_000)).toBe(true);

  beforeEach(() => {
    [store, readModel, bus, got] = [
      new MemoryEvents(),
      new MemoryReadModelStore(),
      new MemoryBus({ contracts: [counted], sleep: noPause }),
      [],
    ];
    void bus.consume(
      { group: 'g', topics: [counted.topic] },
      async (batch) => void got.push(...batch.map(({ message }) => message)),
      stop.signal,
    );
  });
  afterEach(async () => {
    await relay.stop();
    await bus.close();
  });

  it('tells each event in the words of its contract, keyed by case, under the id of the event, and some not at all', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    await append(store, 'a', Counted({ n: 0 }));
    await append(store, 'a', Counted({ n: 6 }));
    start();
    await atHead();
    await until(() => got.length === 2);
    const [first] = store.all;
    expect(got[0]).toEqual({
      id: first?.id,
      type: 'earlyhelp.planning.counted.v1',
      source: '/services/planning',
      time: at,
      key: caseOf('a'),
      position: first?.position,
      correlationId: first?.correlationId,
      data: { n: 5 },
    });
    expect(got[1]?.data).toEqual({ n: 6 });
  });

  it('says what it tells', () => {
    expect(relayReaction(telling, bus, { store, readModel, clock }).tells).toEqual([counted.topic]);
  });

  it('tells again what it does not know to have told, under the same id', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    start();
    await atHead();
    await relay.stop();
    readModel = new MemoryReadModelStore();
    start();
    await atHead();
    await until(() => got.length === 2);
    expect(got[1]).toEqual(got[0]);
  });

  describe('that notes later how far it has come', () => {
    let notes: number;
    let rest: () => void;
    let resting: Promise<void>;
    const startNotingLater = () => {
      const sleep = (ms: number) => (ms === noteWithinMs ? resting : noPause());
      relay = relayReaction(telling, bus, { store, readModel, clock, sleep, noteWithinMs });
      relay.start();
    };
    const noteWithinMs = 4_321;
    const tell = async (...numbers: readonly number[]) => {
      for (const n of numbers) {
        await append(store, 'a', Counted({ n }));
        await atHead();
      }
    };
    const noted = () => readModel.checkpoint(telling.name);
    const numbers = () => got.map(({ data }) => (data as { n: number }).n);

    beforeEach(() => {
      notes = 0;
      resting = new Promise((resolve) => (rest = resolve));
      const write = readModel.write.bind(readModel);
      readModel.write = (batch) => {
        notes += 1;
        return write(batch);
      };
    });

    it('does so once for many, though nothing comes behind them', async () => {
      startNotingLater();
      await tell(1, 2, 3);
      await until(() => got.length === 3);
      expect(notes).toBe(0);
      rest();
      await until(async () => (await noted()) === store.all[2]?.position);
      expect(notes).toBe(1);
    });

    it('does so when it is stopped, and tells nothing again', async () => {
      startNotingLater();
      await tell(1, 2);
      rest();
      await relay.stop();
      startNotingLater();
      await tell(3);
      await until(() => got.length === 3);
      expect(numbers()).toEqual([1, 2, 3]);
    });

    it('tells again after a crash what it had not noted, from the first on', async () => {
      const { write } = readModel;
      readModel.write = () => Promise.reject(new ReadModelUnavailable('the process is gone'));
      startNotingLater();
      await tell(1, 2);
      rest();
      await relay.stop();
      readModel.write = write;
      startNotingLater();
      await tell(3);
      await until(() => got.length === 5);
      expect(numbers()).toEqual([1, 2, 1, 2, 3]);
    });

    it('tries again when it could not', async () => {
      const write = readModel.write.bind(readModel);
      let failures = 3;
      readModel.write = (batch) => (failures-- > 0 ? Promise.reject(new ReadModelUnavailable('away')) : write(batch));
      startNotingLater();
      await tell(1);
      rest();
      await until(async () => (await noted()) === store.all[0]?.position);
      expect(failures).toBe(-1);
    });

    it('goes by what another has noted meanwhile', async () => {
      startNotingLater();
      await tell(1);
      await readModel.write({ changes: [], checkpoint: { subscriber: telling.name, after: 'start', position: store.all[0]!.position } });
      await tell(2);
      rest();
      await until(async () => (await noted()) === store.all[1]?.position);
      expect(numbers()).toEqual([1, 2]);
    });
  });

  it('parks the case of an event whose translation is no contract, or that has no case; others go on', async () => {
    await append(store, 'a', Noted({ n: 1 }));
    const id = derivedId('x');
    await store.append(
      'planning.panel-x',
      'none',
      [{ ...Counted({ n: 2 }), ...envelope, id, caseId: null, occurredAt: at, correlationId: id, causationId: id }],
      id,
    );
    await append(store, 'b', Counted({ n: 3 }));
    start();
    await atHead();
    await until(() => got.length === 1);
    expect(got[0]?.data).toEqual({ n: 3 });
    expect((await relay.parked()).map(({ error }) => error)).toEqual(['NotAContract', 'ReactionFailure']);
  });

  it('says how far it has come once it is at the head, also where there was nothing to tell', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    start();
    await atHead();
    await until(() => bus.progressOf('/services/planning') === store.all[0]?.position);
    await append(store, 'a', Counted({ n: 0 }));
    await until(() => bus.progressOf('/services/planning') === store.all[1]?.position);
    expect(got).toHaveLength(1);
    expect(bus.endsOf('/services/planning', [counted.topic])).toEqual(await bus.ends([counted.topic]));
    expect([...(await bus.ends([counted.topic])).values()]).toContain(1);
  });

  it('says the newest position only, and is not held up by a bus that does not listen', async () => {
    const told: string[] = [];
    let listens = false;
    let hear = (): void => undefined;
    bus.tellProgress = async (_, position) => {
      told.push(position);
      if (!listens) await new Promise<void>((resolve) => (hear = resolve));
    };
    start();
    for (let n = 1; n <= 20; n += 1) {
      await append(store, 'a', Counted({ n }));
      await atHead();
    }
    await until(() => got.length === 20);
    expect(told).toHaveLength(1);
    listens = true;
    hear();
    await until(() => told.at(-1) === store.all.at(-1)?.position);
    expect(told).toHaveLength(2);
  });

  it('says it again when the bus was away', async () => {
    const tellProgress = bus.tellProgress.bind(bus);
    let failures = 3;
    bus.tellProgress = (...args) => (failures-- > 0 ? Promise.reject(new BusUnavailable('away')) : tellProgress(...args));
    await append(store, 'a', Counted({ n: 5 }));
    start();
    await until(() => bus.progressOf('/services/planning') === store.all[0]?.position);
  });

  it('waits for a bus that is away, and parks nothing', async () => {
    await append(store, 'a', Counted({ n: 1 }));
    const publish = bus.publish.bind(bus);
    let tries = 0;
    let away = true;
    bus.publish = (topic, messages) => {
      tries += 1;
      return away ? Promise.reject(new BusUnavailable('away')) : publish(topic, messages);
    };
    start();
    // More often than an event that fails by itself is tried.
    await until(() => tries >= 20 && relay.status().retrying);
    expect(relay.status()).toMatchObject({ lastError: 'BusUnavailable', parkedCases: 0 });
    away = false;
    await atHead();
    await until(() => got.length === 1);
  });
});
