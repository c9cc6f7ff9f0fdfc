import { MemoryBus, BusUnavailable, type Message } from '@waymark/messaging';
import { MemoryReadModelStore, ReadModelUnavailable } from '@waymark/read-model';
import { derivedId } from '@waymark/kernel';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { append, at, caseOf, clock, counted, Counted, countedAnew, envelope, Noted, noPause, until } from '../../test/events.js';
import { MemoryEvents } from '../../test/memory-events.js';
import { relayReaction, type Relay } from './relay.js';
import type { Subscriber } from '../log/subscriber.js';

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
    publish: (event) => (event.data.n === 0 ? [] : [{ contract: counted, data: event.type === Noted.type ? { wrong: 1 } : event.data }]),
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

  it('tells each event in the words of its contract, keyed by case, under an id that follows from event and contract, and some not at all', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    await append(store, 'a', Counted({ n: 0 }));
    await append(store, 'a', Counted({ n: 6 }));
    start();
    await atHead();
    await until(() => got.length === 2);
    const [first] = store.all;
    expect(got[0]).toEqual({
      id: derivedId('message', String(first?.id), 'earlyhelp.planning.counted.v1'),
      type: 'earlyhelp.planning.counted.v1',
      source: '/services/planning',
      time: at,
      key: caseOf('a'),
      position: first?.position,
      correlationId: first?.correlationId,
      causationId: first?.id,
      data: { n: 5 },
    });
    expect(got[1]?.data).toEqual({ n: 6 });
  });

  it('says what it tells', () => {
    expect(relayReaction(telling, bus, { store, readModel, clock }).publishes).toEqual([counted.topic]);
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
      relay = relayReaction(telling, bus, { store, readModel, clock, sleep, checkpointWithinMs: noteWithinMs });
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

  it('parks the case of an event whose message is no contract, or that publishes one twice; others go on', async () => {
    await append(store, 'a', Noted({ n: 1 }));
    await append(store, 'c', Counted({ n: 7 }));
    await append(store, 'b', Counted({ n: 3 }));
    const { publish } = telling;
    relay = relayReaction(
      { ...telling, publish: (event) => publish(event).flatMap((one) => (event.data.n === 7 ? [one, one] : [one])) },
      bus,
      {
        ...{ store, readModel, clock, sleep: noPause },
      },
    );
    relay.start();
    await atHead();
    await until(() => got.length === 1);
    expect(got[0]?.data).toEqual({ n: 3 });
    expect((await relay.parked()).map(({ error, message }) => [error, message])).toEqual([
      ['NotAContract', expect.stringMatching(/n, wrong is not as the contract has it/)],
      ['ReactionFailure', expect.stringMatching(/publishes a contract twice \(earlyhelp\.planning\.counted\.v1\)/)],
    ]);
  });

  it('B5 publishes several contracts of one event in their order, each under an id of its own that is the same each time', async () => {
    await bus.close();
    bus = new MemoryBus({ contracts: [counted, countedAnew], sleep: noPause });
    void bus.consume(
      { group: 'g', topics: [counted.topic] },
      async (batch) => void got.push(...batch.map(({ message }) => message)),
      stop.signal,
    );
    const both: Relay<typeof Counted> = {
      ...{ name: 'planning.relay', handles: [Counted], topics: [counted.topic] },
      publish: ({ data }) => [
        { contract: countedAnew, data: { count: data.n } },
        { contract: counted, data },
      ],
    };
    const run = async () => {
      relay = relayReaction(both, bus, { store, readModel, clock, sleep: noPause });
      relay.start();
      await atHead();
      await relay.stop();
    };
    await append(store, 'a', Counted({ n: 5 }));
    await run();
    readModel = new MemoryReadModelStore();
    await run();
    await until(() => got.length === 4);
    expect(got.map(({ type, data }) => [type, data])).toEqual([
      [countedAnew.type, { count: 5 }],
      [counted.type, { n: 5 }],
      [countedAnew.type, { count: 5 }],
      [counted.type, { n: 5 }],
    ]);
    const [one, two, oneAgain, twoAgain] = got;
    expect([one?.id, two?.id]).toEqual([oneAgain?.id, twoAgain?.id]);
    expect(new Set([one?.id, two?.id, store.all[0]?.id]).size).toBe(3);
  });

  it('B4 publishes an event that has no case under the name of its stream, and events of one decision under the case of each', async () => {
    const id = derivedId('decision');
    const rest = { ...envelope, occurredAt: at, correlationId: id, causationId: id };
    const agenda = [null, caseOf('a'), caseOf('b')].map((caseId, n) => ({
      ...Counted({ n: n + 1 }),
      ...rest,
      id: derivedId('e', String(n)),
      caseId,
    }));
    await store.append('planning.panel-north-2026-03-02', 'none', agenda as unknown as Parameters<MemoryEvents['append']>[2], id);
    start();
    await atHead();
    await until(() => got.length === 3);
    const byNumber = got.map(({ key, data }) => [(data as { n: number }).n, key] as const).sort(([a], [b]) => a - b);
    expect(byNumber).toEqual([
      [1, 'planning.panel-north-2026-03-02'],
      [2, caseOf('a')],
      [3, caseOf('b')],
    ]);
    expect(await relay.parked()).toEqual([]);
  });

  it('says how far it has come once it is at the head, also where there was nothing to tell', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    start();
    await atHead();
    await until(() => bus.progressOf('/services/planning') === store.all[0]?.position);
    await append(store, 'a', Counted({ n: 0 }));
    await until(() => bus.progressOf('/services/planning') === store.all[1]?.position);
    expect(got).toHaveLength(1);
    expect(bus.endOffsetsOf('/services/planning', [counted.topic])).toEqual(await bus.endOffsets([counted.topic]));
    expect([...(await bus.endOffsets([counted.topic])).values()]).toContain(1);
  });

  it('says the newest position only, and is not held up by a bus that does not listen', async () => {
    const told: string[] = [];
    let listens = false;
    let hear = (): void => undefined;
    bus.publishProgress = async (_, position) => {
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
    const publishProgress = bus.publishProgress.bind(bus);
    let failures = 3;
    bus.publishProgress = (...args) => (failures-- > 0 ? Promise.reject(new BusUnavailable('away')) : publishProgress(...args));
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
