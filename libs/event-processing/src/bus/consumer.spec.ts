import { derivedId, type AnyContract } from '@waymark/kernel';
import { BusUnavailable, MemoryBus, MemoryTopicLog, toCloudEvent, type DeadLetterReference, type Message } from '@waymark/messaging';
import { MemoryReadModelStore, ReadModelUnavailable, type Document } from '@waymark/read-model';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { at, caseOf, clock, counted, countedAnew, noPause, noted, until } from '../../test/events.js';
import { parkedCollection } from '../core/dead-letter.js';
import { Consumer, type ConsumerDeps, type Consuming } from './consumer.js';

const partitionOf = (name: string) => new MemoryBus({ contracts: [counted] }).partitionOf(caseOf(name));

interface Copy extends Document {
  readonly seen: readonly number[];
}
const copies = { name: 'reporting.copies', indexes: [] };
type Counting = Consuming<typeof counted>;

describe('a consumer', () => {
  let topics: MemoryTopicLog;
  let bus: MemoryBus;
  let readModel: MemoryReadModelStore;
  let started: Consumer<typeof counted>[];
  let broken: Set<number>;
  let sent: number;

  const message = (name: string, n: number, type: AnyContract = counted, position = (sent += 1)): Message => ({
    id: derivedId('message', String(position)),
    type: String(type.type),
    source: '/services/planning',
    time: at,
    key: caseOf(name),
    position: String(position).padStart(16, '0'),
    correlationId: derivedId('correlation'),
    data: { n },
  });
  const publish = (...messages: readonly [Message, ...Message[]]) => bus.publish(counted.topic, messages);
  const effect: Counting['effect'] = async (messages, documents) => {
    for (const { key, data } of messages) {
      const known = await documents.get<Copy>(copies.name, key);
      documents.put(copies.name, { id: key, seen: [...(known?.seen ?? []), data.n] });
      if (broken.has(data.n)) throw new RangeError('choked');
    }
  };
  /** Past the bus, as a later build puts on it what this one does not know. */
  const put = async (...messages: readonly Message[]) => {
    for (const one of messages) topics.append(counted.topic, [{ partition: bus.partitionOf(one.key), value: toCloudEvent(one) }]);
    await publish(message('waker', 0));
  };
  /** Those of the next version 100 higher, so that both are seen. */
  const both = (async (messages, documents) => {
    for (const { key, data } of messages) {
      const known = await documents.get<Copy>(copies.name, key);
      const { n, count } = data as unknown as { n?: number; count?: number };
      documents.put(copies.name, { id: key, seen: [...(known?.seen ?? []), n ?? 100 + (count ?? 0)] });
    }
  }) as Counting['effect'];
  const start = (
    more: Partial<Counting> = {},
    store: MemoryReadModelStore = readModel,
    { bus: on = bus, ...deps }: Partial<ConsumerDeps> & { bus?: MemoryBus } = {},
  ) => {
    const what = { name: 'reporting.copy', handles: [counted], ignores: [noted], effect, ...more };
    const consumer = new Consumer(what, on, { readModel: store, clock, sleep: noPause, ...deps });
    started.push(consumer);
    consumer.start();
    return consumer;
  };
  const taken = (consumer: Consumer<typeof counted>) => until(async () => (await consumer.lag()) === 0);
  const seenOf = async (name: string) => (await readModel.get<Copy>(copies.name, caseOf(name)))?.seen ?? [];
  const openBus = () => new MemoryBus({ contracts: [counted, noted], sleep: noPause }, topics);

  beforeEach(async () => {
    topics = new MemoryTopicLog();
    bus = openBus();
    readModel = new MemoryReadModelStore();
    await readModel.declare(copies);
    [started, broken, sent] = [[], new Set(), 0];
  });
  afterEach(async () => {
    await Promise.all(started.map((consumer) => consumer.stop()));
    await bus.close();
  });

  it('is not done before it began', async () => {
    await publish(message('a', 1));
    const consumer = start();
    expect(await consumer.lag()).toBe(Infinity);
    await taken(consumer);
    expect(await seenOf('a')).toEqual([1]);
  });

  it('is well again once the bus gave it its part, though no message comes', async () => {
    const consume = bus.consume.bind(bus);
    let away = true;
    bus.consume = async (...asked) => {
      if (away) throw new BusUnavailable('no coordinator yet');
      return consume(...asked);
    };
    const consumer = start();
    await until(() => consumer.status().retrying);
    expect(consumer.status().caughtUp).toBe(false);
    away = false;
    await until(() => consumer.status().caughtUp);
  });

  it('takes each message once, however often it is published, in the order of its case', async () => {
    const [one, two, three] = [message('a', 1), message('a', 2), message('a', 3)] as const;
    await publish(one, two);
    const consumer = start();
    await taken(consumer);
    // A relay that was lost before its checkpoint begins again further back.
    await publish(one, two, three, two);
    await taken(consumer);
    expect(await seenOf('a')).toEqual([1, 2, 3]);
  });

  it('takes nothing again that another process took while it had the partition', async () => {
    const [one, two, three] = [message('a', 1), message('a', 2), message('a', 3)] as const;
    await publish(one);
    const consumer = start();
    await taken(consumer);
    const here = bus;
    bus = new MemoryBus({ contracts: [counted, noted], sleep: noPause });
    await publish(one, two);
    const elsewhere = start();
    await taken(elsewhere);
    await elsewhere.stop();
    await bus.close();
    bus = here;
    await publish(two, three);
    await taken(consumer);
    expect(await seenOf('a')).toEqual([1, 2, 3]);
  });

  it('takes nothing again that another process took at the last moment before the partition came to it', async () => {
    const [one, two] = [message('a', 1), message('a', 2)] as const;
    const elsewhere = new MemoryBus({ contracts: [counted, noted], sleep: noPause });
    let recorded = 'start';
    const checkpoint = readModel.checkpoint.bind(readModel);
    readModel.checkpoint = async (name) => {
      readModel.checkpoint = checkpoint;
      await elsewhere.publish(counted.topic, [one]);
      const other = start({}, readModel, { bus: elsewhere });
      await taken(other);
      await other.stop();
      recorded = one.position;
      return checkpoint(name);
    };
    await publish(one, two);
    await taken(start({}, readModel, { head: async () => recorded }));
    expect(await seenOf('a')).toEqual([1, 2]);
    await elsewhere.close();
  });

  it('does not look up what was recorded after the partition came to it, and goes on where nobody can tell when that was', async () => {
    const asked = jest.spyOn(readModel, 'getMany');
    const told = start({}, readModel, { head: async () => message('a', 0, counted, 5).position });
    await publish(message('a', 1, counted, 6));
    await taken(told);
    expect(asked).not.toHaveBeenCalled();
    await told.stop();
    const untold = start({}, readModel, { head: () => Promise.reject(new Error('away')) });
    await publish(message('a', 2, counted, 7), message('a', 1, counted, 6));
    await taken(untold);
    expect(asked).toHaveBeenCalled();
    expect(await seenOf('a')).toEqual([1, 2]);
  });

  it('takes repeats within one batch once', async () => {
    const one = message('a', 1);
    await publish(one, one, message('a', 2), one);
    await taken(start());
    expect(await seenOf('a')).toEqual([1, 2]);
  });

  it('takes an older position of another source, which is no repeat', async () => {
    await publish(message('a', 1, counted, 7), { ...message('a', 2, counted, 3), source: '/services/referral' });
    await taken(start());
    expect(await seenOf('a')).toEqual([1, 2]);
  });

  it('goes on after a restart where it was, and bears a commit of the offset that was lost', async () => {
    await publish(message('a', 1));
    const first = start();
    await taken(first);
    await first.stop();
    await publish(message('a', 2));
    const second = start();
    await taken(second);
    await second.stop();
    for (let partition = 0; partition < 8; partition += 1) topics.commit('reporting.copy', { topic: counted.topic, partition }, 0);
    await taken(start());
    expect(await seenOf('a')).toEqual([1, 2]);
  });

  it('parks the case of a message that fails for good, with its later ones, while other cases go on; a replay puts it right', async () => {
    broken.add(1);
    await publish(message('a', 1), message('b', 10), message('a', 2));
    const consumer = start();
    await taken(consumer);
    await publish(message('a', 3), message('b', 11));
    await taken(consumer);
    expect(await seenOf('a')).toEqual([]);
    expect(await seenOf('b')).toEqual([10, 11]);
    expect((await consumer.parked()).map(({ because, attempts }) => [because, attempts])).toEqual([
      ['failed', 5],
      ['behind', 0],
      ['behind', 0],
    ]);
    broken.clear();
    expect(await consumer.replay(caseOf('a'))).toEqual({ replayed: 3, left: 0 });
    await publish(message('a', 4));
    await taken(consumer);
    expect(await seenOf('a')).toEqual([1, 2, 3, 4]);
  });

  describe('on several partitions', () => {
    // Of different partitions, as the bus shares cases out.
    const [slow, quick] = (() => {
      const names = Array.from({ length: 40 }, (_, n) => `case ${n}`);
      const other = names.find((name) => partitionOf(name) !== partitionOf('case 0'));
      return ['case 0', String(other)] as const;
    })();
    const held =
      (until: Promise<void>): Counting['effect'] =>
      async (messages, documents) => {
        if (messages.some(({ key }) => key === caseOf(slow))) await until;
        await effect(messages, documents);
      };

    it('holds up no case for one of another partition whose effect takes long', async () => {
      let release = (): void => undefined;
      const consumer = start({ effect: held(new Promise((resolve) => (release = resolve))) });
      await publish(message(slow, 1));
      await until(() => consumer.status().pending === 1);
      await publish(message(quick, 2));
      await until(async () => (await seenOf(quick)).length === 1);
      expect(await seenOf(slow)).toEqual([]);
      release();
      await taken(consumer);
      expect([await seenOf(slow), await seenOf(quick)]).toEqual([[1], [2]]);
    });

    it('keeps what each has parked, whatever the others do meanwhile, and counts all of it', async () => {
      broken = new Set([1, 2]);
      const consumer = start();
      await publish(message(slow, 1), message(quick, 2));
      await until(() => consumer.status().parkedCases === 2);
      await Promise.all([consumer.tend(), publish(message(slow, 3), message(quick, 4)), consumer.tend()]);
      await taken(consumer);
      expect(consumer.status()).toMatchObject({ parkedCases: 2, parkedItems: 4 });
      broken.clear();
      expect(await consumer.replay(caseOf(slow))).toEqual({ replayed: 2, left: 0 });
      await publish(message(slow, 5), message(quick, 6));
      await taken(consumer);
      expect([await seenOf(slow), await seenOf(quick)]).toEqual([[1, 3, 5], []]);
      expect(await consumer.replay(caseOf(quick))).toEqual({ replayed: 3, left: 0 });
      expect(await seenOf(quick)).toEqual([2, 4, 6]);
      expect(consumer.status().parkedCases).toBe(0);
    });

    it('says that it fails until what failed went well, whatever is looked after meanwhile', async () => {
      let away = true;
      const consumer = start({
        effect: async (messages, documents) => {
          if (away && messages.some(({ key }) => key === caseOf(slow))) throw new ReadModelUnavailable('away');
          await effect(messages, documents);
        },
      });
      broken = new Set([2]);
      await publish(message(slow, 1), message(quick, 2));
      await until(() => consumer.status().parkedCases === 1 && consumer.status().retrying);
      await consumer.tend();
      expect(consumer.status()).toMatchObject({ retrying: true, caughtUp: false });
      away = false;
      await taken(consumer);
      expect(consumer.status()).toMatchObject({ retrying: false, caughtUp: true });
    });

    it('takes up what was parked at a partition of which nothing has arrived since it began', async () => {
      broken = new Set([2]);
      const first = start();
      await publish(message(quick, 2));
      await until(() => first.status().parkedCases === 1);
      await first.stop();
      broken.clear();
      const second = start();
      await until(() => second.status().parkedCases === 1);
      expect(await second.replay(caseOf(quick))).toEqual({ replayed: 1, left: 0 });
    });
  });

  it('does not park anew what was published again and is parked or replayed already', async () => {
    broken.add(1);
    const one = message('a', 1);
    await publish(one);
    const consumer = start();
    await taken(consumer);
    await publish(one);
    await taken(consumer);
    expect(consumer.status().parkedItems).toBe(1);
    broken.clear();
    await consumer.replay(caseOf('a'));
    await publish(one);
    await taken(consumer);
    expect(await seenOf('a')).toEqual([1]);
  });

  it('B5 passes over what it ignores and what it does not know, counts the latter apart from another version, and parks nothing', async () => {
    const first: unknown[] = [];
    const consumer = start({}, readModel, { onPassedOver: (...told) => first.push(told) });
    const stranger = { ...counted, type: 'earlyhelp.planning.recounted.v1' } as unknown as AnyContract;
    await put(
      message('a', 1),
      message('a', 2, noted),
      message('a', 3, countedAnew),
      message('a', 4, stranger),
      message('a', 5, countedAnew),
    );
    await put(message('a', 6));
    await taken(consumer);
    expect(await seenOf('a')).toEqual([1, 6]);
    expect(consumer.status()).toMatchObject({ parkedCases: 0, parkedItems: 0 });
    expect(consumer.status().passedOver).toEqual([
      { type: 'earlyhelp.planning.counted.v2', because: 'unknown-version', messages: 2 },
      { type: 'earlyhelp.planning.recounted.v1', because: 'unknown-type', messages: 1 },
    ]);
    expect(first).toEqual([
      ['reporting.copy', 'earlyhelp.planning.counted.v2', 'unknown-version'],
      ['reporting.copy', 'earlyhelp.planning.recounted.v1', 'unknown-type'],
    ]);
  });

  describe('B5 over what a build that parked unknown types has left', () => {
    const letter = ({ key, position, source, type, ...rest }: Message, because: 'unknown' | 'behind', error = 'UnknownContract') => ({
      ...{ id: `${key} ${position} ${source}`, reaction: 'reporting.copy', key, order: `${position} ${source}`, type, because, error },
      ...{ message: 'neither handled nor ignored', attempts: 0, firstSeen: at },
      origin: { message: { key, position, source, type, ...rest }, topic: counted.topic, offset: '0:0000000000000001' },
    });
    const leave = async (...letters: readonly ReturnType<typeof letter>[]) => {
      await readModel.declare(parkedCollection('reporting.copy'));
      await readModel.declare({ name: 'reporting.inbox-copy', indexes: [] });
      const marks = letters.map(
        ({
          origin: {
            message: { key, source, position },
          },
        }) => ({ id: `${key} ${source}`, position }),
      );
      const changes = [
        ...letters.map((put) => ({ put, in: 'reporting.parked-copy' })),
        ...marks.map((put) => ({ put, in: 'reporting.inbox-copy' })),
      ];
      await readModel.write({ changes });
    };

    it('takes in at its start what it knows now, with what waits behind it', async () => {
      await leave(letter(message('a', 1, noted), 'unknown'), letter(message('a', 2), 'behind'), letter(message('a', 3, noted), 'behind'));
      const consumer = start({ handles: [counted, noted] as never });
      await until(async () => (await seenOf('a')).length === 3);
      expect(await seenOf('a')).toEqual([1, 2, 3]);
      expect(await consumer.parked()).toEqual([]);
    });

    it('passes over at its start what it does not know still, so that the case goes on', async () => {
      await leave(letter(message('a', 1, countedAnew), 'unknown'), letter(message('a', 2), 'behind'));
      const consumer = start();
      await until(async () => (await seenOf('a')).length === 1);
      expect(await seenOf('a')).toEqual([2]);
      await publish(message('a', 3));
      await taken(consumer);
      expect([await seenOf('a'), consumer.status().parkedCases]).toEqual([[2, 3], 0]);
      expect(consumer.status().passedOver).toMatchObject([{ type: countedAnew.type, because: 'unknown-version', messages: 1 }]);
    });

    it('keeps what breaks its contract, tried once at each start and no more', async () => {
      await leave(letter({ ...message('a', 1), data: { n: 'one' } }, 'unknown', 'UnknownShape'));
      const consumer = start();
      await until(async () => (await consumer.parked())[0]?.attempts === 1);
      await consumer.tend();
      expect(await consumer.parked()).toMatchObject([{ because: 'unknown', error: 'UnknownShape', attempts: 1 }]);
    });
  });

  describe('B5 with marks by contract', () => {
    const v2 = (name: string, n: number, position: number) => ({ ...message(name, n, countedAnew, position), data: { count: n } });
    const numbers = { effect: both } as Partial<Counting>;

    it('takes both versions that one event publishes, once', async () => {
      const [one, anew] = [message('a', 1, counted, 7), v2('a', 1, 7)];
      await put(one, anew, one, anew);
      await taken(start({ ...numbers, handles: [counted, countedAnew] as never }));
      expect(await seenOf('a')).toEqual([1, 101]);
    });

    it('takes what it passed over when it is published again, behind what is newer, and each once', async () => {
      await put(message('a', 1, counted, 1), v2('a', 1, 1), message('a', 2, counted, 2), v2('a', 2, 2));
      const ignorant = start();
      await taken(ignorant);
      await ignorant.stop();
      const handles = [counted, countedAnew] as never;
      const later = start({ ...numbers, handles }, readModel, { head: async () => message('a', 0, counted, 2).position });
      await put(v2('a', 3, 3));
      await taken(later);
      expect(await seenOf('a')).toEqual([1, 2, 103]);
      await put(v2('a', 1, 1));
      await taken(later);
      await later.stop();
      const restarted = start({ ...numbers, handles }, readModel, { head: async () => message('a', 0, counted, 3).position });
      await put(v2('a', 1, 1), v2('a', 2, 2), v2('a', 3, 3), v2('a', 2, 2), message('a', 2, counted, 2));
      await taken(restarted);
      expect(await seenOf('a')).toEqual([1, 2, 103, 101, 102]);
    });

    it('counts a mark of a build that did not tell contracts apart for every contract, up to where it stands', async () => {
      await readModel.declare({ name: 'reporting.inbox-copy', indexes: [] });
      const { key, source, position } = message('a', 0, counted, 5);
      await readModel.write({ changes: [{ put: { id: `${key} ${source}`, position }, in: 'reporting.inbox-copy' }] });
      await put(message('a', 4, counted, 4), v2('a', 5, 5), message('a', 6, counted, 6), v2('a', 6, 6));
      const first = start({ ...numbers, handles: [counted, countedAnew] as never });
      await taken(first);
      expect(await seenOf('a')).toEqual([6, 106]);
      await first.stop();
      await put(message('a', 5, counted, 5), message('a', 6, counted, 6), message('a', 7, counted, 7));
      await taken(start({ ...numbers, handles: [counted, countedAnew] as never }));
      expect(await seenOf('a')).toEqual([6, 106, 7]);
    });
  });

  describe('B10 over a read model that was put back behind what the bus has committed', () => {
    /** The documents and checkpoints as they are now, as a backup keeps them. */
    const backup = async (): Promise<MemoryReadModelStore> => {
      const copy = new MemoryReadModelStore();
      await copy.declare(copies);
      await copy.declare({ name: 'reporting.inbox-copy', indexes: [] });
      for (const collection of [copies.name, 'reporting.inbox-copy'])
        for (const put of (await readModel.find(collection, { limit: 500 })).items)
          await copy.write({ changes: [{ put, in: collection }] });
      for (const name of ['types', ...Array.from({ length: 8 }, (_, n) => `partition ${n}`)]) {
        const [subscriber, position] = [`reporting.copy ${name}`, await readModel.checkpoint(`reporting.copy ${name}`)];
        if (position !== 'start') await copy.write({ changes: [], checkpoint: { subscriber, after: 'start', position } });
      }
      return copy;
    };
    const run = async (store: MemoryReadModelStore, partitions: (readonly number[])[] = []) => {
      const consumer = start({}, store, { onReadAgain: (_, again) => partitions.push(again) });
      await taken(consumer);
      await consumer.stop();
      return partitions;
    };
    const seenIn = async (store: MemoryReadModelStore, name: string) => (await store.get<Copy>(copies.name, caseOf(name)))?.seen;

    it('reads it again, takes what is missing and nothing twice, and says so', async () => {
      await publish(message('a', 1));
      await run(readModel);
      const older = await backup();
      await publish(message('a', 2), message('a', 3));
      await run(readModel);
      expect(await run(older)).toEqual([[partitionOf('a')]]);
      expect(await seenIn(older, 'a')).toEqual([1, 2, 3]);
      expect(await run(older)).toEqual([]);
      await publish(message('a', 4));
      expect(await run(older)).toEqual([]);
      expect(await seenIn(older, 'a')).toEqual([1, 2, 3, 4]);
    });

    it('does so where it was begun anew beside a bus that was kept, also by a build that noted nothing', async () => {
      await publish(message('a', 1), message('a', 2));
      await run(readModel);
      const [empty, another] = [new MemoryReadModelStore(), new MemoryReadModelStore()];
      await Promise.all([empty.declare(copies), another.declare(copies)]);
      expect(await run(empty)).toEqual([[partitionOf('a')]]);
      expect(await seenIn(empty, 'a')).toEqual([1, 2]);
      topics.commit('reporting.copy', { topic: counted.topic, partition: partitionOf('a') }, 2);
      expect(await run(another)).toEqual([[partitionOf('a')]]);
      expect(await seenIn(another, 'a')).toEqual([1, 2]);
    });

    it('reads nothing again where the store is ahead of what was committed', async () => {
      await publish(message('a', 1));
      await run(readModel);
      topics.commit('reporting.copy', { topic: counted.topic, partition: partitionOf('a') }, 0, '0000000000000000');
      expect(await run(readModel)).toEqual([]);
      expect(await seenOf('a')).toEqual([1]);
    });
  });

  it('B4 takes and parks what no case is under the name of its stream', async () => {
    const stream = 'planning.panel-north-2026-03-02';
    const ofPanel = (n: number) => ({ ...message('a', n), key: stream }) as Message;
    broken.add(2);
    await publish(ofPanel(1), ofPanel(2), ofPanel(3), message('a', 10));
    const consumer = start();
    await taken(consumer);
    expect((await consumer.parked()).map(({ key, because }) => [key, because])).toEqual([
      [stream, 'failed'],
      [stream, 'behind'],
    ]);
    broken.clear();
    expect(await consumer.replay(stream)).toEqual({ replayed: 2, left: 0 });
    expect((await readModel.get<Copy>(copies.name, stream))?.seen).toEqual([1, 2, 3]);
    expect(await seenOf('a')).toEqual([10]);
  });

  it('parks a message of a shape that it does not know, naming the field and not the value', async () => {
    await bus.close();
    const looser = {
      ...counted,
      schema: { strict: () => ({ safeParse: (data: unknown) => ({ success: true, data }) }) },
    } as unknown as AnyContract;
    bus = new MemoryBus({ contracts: [looser], sleep: noPause }, topics);
    await publish({ ...message('a', 1), data: { n: 'Jane Doe' } });
    const consumer = start();
    await taken(consumer);
    const [letter] = await consumer.parked();
    expect(letter).toMatchObject({ because: 'unknown', error: 'UnknownShape' });
    expect(letter?.message).toMatch(/counted\.v1: n is not as/);
    expect(letter?.message).not.toContain('Jane');
  });

  it('hands on what its contract knows of a message: fields that came later are left out', async () => {
    const handed: unknown[] = [];
    const [newer, plain] = [{ ...message('a', 1), data: { n: 1, since: '2027' } }, message('a', 2)];
    for (const one of [newer, plain]) topics.append(counted.topic, [{ partition: bus.partitionOf(one.key), value: toCloudEvent(one) }]);
    const effect: Counting['effect'] = async (messages) => void handed.push(...messages);
    await taken(start({ effect }));
    expect(handed).toEqual([{ ...newer, data: { n: 1 } }, plain]);
  });

  it('tells the dead letters of what it parks, by reference and before it is parked', async () => {
    const told: DeadLetterReference[] = [];
    const report = bus.reportDead.bind(bus);
    let failures = 2;
    bus.reportDead = async (letters) => {
      if (failures-- > 0) throw new BusUnavailable('away');
      expect(await readModel.count('reporting.parked-copy')).toBe(0);
      told.push(...letters);
      await report(letters);
    };
    broken.add(1);
    const one = message('a', 1);
    await publish(one);
    const consumer = start();
    await taken(consumer);
    expect(told.at(-1)).toEqual({
      ...{ group: 'reporting.copy', topic: counted.topic, key: one.key, messageId: one.id, type: one.type, because: 'RangeError' },
      offset: expect.stringMatching(/^\d:0{16}$/),
    });
    const [letter] = await consumer.parked();
    expect(letter?.origin).toEqual({ topic: counted.topic, offset: told[0]?.offset, message: one });
  });

  it('keeps a letter for a value that is no message, which parks no case and cannot be replayed', async () => {
    topics.append(counted.topic, [{ partition: bus.partitionOf(caseOf('a')), value: 'Jane Doe' }]);
    await publish(message('a', 1));
    const consumer = start();
    await taken(consumer);
    expect(await seenOf('a')).toEqual([1]);
    const [letter, ...others] = await consumer.parked();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ because: 'foreign', error: 'NotACloudEvent', origin: { topic: counted.topic } });
    expect(JSON.stringify(letter)).not.toContain('Jane');
    expect(consumer.status()).toMatchObject({ parkedCases: 0, parkedItems: 0 });
    expect(await consumer.replay(letter?.key ?? '')).toEqual({ replayed: 0, left: 1 });
    expect(await consumer.parked()).toEqual([letter]);
  });

  it('remembers across a restart what is parked', async () => {
    broken.add(1);
    await publish(message('a', 1));
    const first = start();
    await taken(first);
    await first.stop();
    broken.clear();
    await publish(message('a', 2));
    const second = start();
    await taken(second);
    expect(await seenOf('a')).toEqual([]);
    expect(second.status()).toMatchObject({ reads: 'bus', parkedCases: 1, parkedItems: 2 });
  });

  it('never parks because an engine is away, and writes what a lost tail would lose durably', async () => {
    let away = true;
    const durable: (boolean | undefined)[] = [];
    const flaky = Object.create(readModel) as MemoryReadModelStore;
    flaky.write = (batch) => {
      durable.push(batch.durable);
      return away ? Promise.reject(new ReadModelUnavailable('the disk is full')) : readModel.write(batch);
    };
    await publish(message('a', 1));
    const consumer = start({}, flaky);
    await until(() => consumer.status().retrying);
    // More often than a message that fails by itself is tried.
    await until(() => durable.length >= 20);
    expect(consumer.status()).toMatchObject({ lastError: 'ReadModelUnavailable', parkedCases: 0 });
    away = false;
    await taken(consumer);
    expect(await seenOf('a')).toEqual([1]);
    expect(consumer.status().retrying).toBe(false);
    expect(new Set(durable)).toEqual(new Set([true]));
  });
});
