import { available, startKafka, startToxiproxy, type Kafka } from '@waymark/engines';
import { engineSuite, type Absent, type RunningEngine } from '@waymark/testing';
import { BusUnavailable } from '@waymark/messaging';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { caseOf } from '../events.js';
import { Load, seconds, type Broken } from '../kafka-load.js';
import { Inbox } from '../../src/bus/inbox.js';

type Mercy = RunningEngine & { readonly kafka: Kafka };

const drainWithinMs = 10_000;

const findKafka = async (): Promise<Mercy | Absent> => {
  for (const engine of ['kafka', 'toxiproxy'] as const) {
    const answer = await available(engine);
    if (!answer.available) return { absent: answer.why };
  }
  const toxiproxy = await startToxiproxy();
  const kafka = await startKafka({ behind: toxiproxy });
  const stop = async () => {
    await kafka.stop();
    await toxiproxy.stop();
  };
  return { kafka, version: `Kafka ${kafka.version} behind Toxiproxy ${toxiproxy.version}`, stop };
};

/** What happens to the broker, and how it is put right. */
type Fault = (kafka: Kafka) => { readonly strike: () => Promise<unknown>; readonly heal: () => Promise<unknown> };

const linkOf = (kafka: Kafka) => {
  const link = kafka.nodes[0]?.link;
  if (!link) throw new Error('the broker has no link');
  return link;
};
const toxic =
  (it: Parameters<ReturnType<typeof linkOf>['add']>[0]): Fault =>
  (kafka) => ({ strike: () => linkOf(kafka).add(it), heal: () => linkOf(kafka).heal() });

const halfOpen = toxic({ type: 'timeout', attributes: { timeout: 0 } });
const answersLost = toxic({ type: 'timeout', stream: 'downstream', attributes: { timeout: 0 } });

const faults: Record<string, Fault> = {
  'is killed and started again': (kafka) => ({ strike: () => kafka.kill(), heal: () => kafka.restart() }),
  'stands still': (kafka) => ({ strike: () => kafka.pause(), heal: () => kafka.unpause() }),
  'is cut off from the network': (kafka) => ({ strike: () => linkOf(kafka).cut(), heal: () => linkOf(kafka).mend() }),
  'is behind connections that are half open': halfOpen,
  'does what it is asked, and its answers are lost': answersLost,
  'is far away': toxic({ type: 'latency', attributes: { latency: 300, jitter: 100 } }),
  'is behind connections that are reset': toxic({ type: 'reset_peer', attributes: { timeout: 500 } }),
};

const tell = (what: string, figures: Record<string, unknown>) => process.stderr.write(`  ${what}: ${JSON.stringify(figures)}\n`);

await engineSuite('Kafka and Toxiproxy', findKafka, ({ kafka }) => {
  describe('events that keep coming, through a relay and two replicas of a consumer', () => {
    let load: Load;
    const begin = async (broken: Broken = {}) => {
      load = new Load(kafka.brokers, broken);
      await load.start();
      await load.flowing();
    };
    /** Strikes under load, heals, and tells how long it took until everything had arrived. */
    const suffer = async (fault: Fault, forSeconds = 8) => {
      const { strike, heal } = fault(kafka);
      await strike();
      await seconds(forSeconds);
      await heal();
      await load.stopAppending();
      const backlog = load.appended - (await load.taken());
      return { events: load.appended, backlog, drainedMs: await load.drained(30_000), repeats: load.delivered - load.appended };
    };
    afterEach(() => load.stop(), 60_000);

    it.each(Object.entries(faults))('arrive once, in the order of their cases, when the broker %s', async (what, fault) => {
      await begin();
      const figures = await suffer(fault);
      tell(`broker ${what}`, figures);
      expect(await load.wrong()).toEqual([]);
      expect(figures.drainedMs).toBeLessThan(drainWithinMs);
    });

    it('arrive once, in the order of their cases, while replicas join and leave', async () => {
      await begin();
      for (let round = 0; round < 4; round += 1) {
        const third = await load.join();
        await seconds(1);
        await load.leave(round % 2 === 0 ? third : (load.replicas[0] ?? third));
        await seconds(1);
      }
      await load.stopAppending();
      const figures = { events: load.appended, drainedMs: await load.drained(30_000), repeats: load.delivered - load.appended };
      tell('replicas join and leave', figures);
      expect(await load.wrong()).toEqual([]);
      expect(figures.drainedMs).toBeLessThan(drainWithinMs);
    });

    it('park the case of a poison event only, which replays to the same state once it can be taken', async () => {
      load = new Load(kafka.brokers);
      load.poison.add(`${caseOf('case 3')} 5`);
      await load.start();
      await seconds(4);
      await load.stopAppending();
      const others = async () => (await load.wrong()).every((each) => each.startsWith('case 3:'));
      const from = performance.now();
      while (!((await others()) && (await load.wrong()).length === 1) && performance.now() - from < 10_000) await seconds(0.05);
      expect(await load.wrong()).toEqual([expect.stringMatching(/^case 3: 4 of /)]);
      load.poison.clear();
      // By a replica of which nobody knows whether it owns the case.
      await load.replicas[1]?.consumer.replay(caseOf('case 3'));
      expect(await load.drained(drainWithinMs)).toBeDefined();
      expect(await load.wrong()).toEqual([]);
    });

    type TheBus = Parameters<NonNullable<Broken['bus']>>[0];
    const notAwaited = (bus: TheBus) =>
      Object.assign(Object.create(bus) as TheBus, {
        publish: async (...args: Parameters<TheBus['publish']>) => {
          void bus.publish(...args).catch(() => undefined);
          return new Map();
        },
      });
    const committedFirst = (bus: TheBus) =>
      Object.assign(Object.create(bus) as TheBus, {
        consume: (...[subscription, handler, signal]: Parameters<TheBus['consume']>) =>
          bus.consume(subscription, async (batch) => void seconds(0.3).then(() => (signal.aborted ? undefined : handler(batch))), signal),
      });
    /** The brokers have the messages, and the relay is not told. */
    const unheard = (bus: TheBus) => {
      let publications = 0;
      const publish: TheBus['publish'] = async (...args) => {
        const ends = await bus.publish(...args);
        if ((publications += 1) % 10 === 0) throw new BusUnavailable('the answer was lost');
        return ends;
      };
      return Object.assign(Object.create(bus) as TheBus, { publish });
    };
    const unheardFor = async (forSeconds: number, broken: Broken) => {
      await begin({ bus: unheard, ...broken });
      await seconds(forSeconds);
      await load.stopAppending();
      await load.drained(10_000);
      return { events: load.appended, repeats: load.delivered - load.appended };
    };

    it('arrive once, in the order of their cases, when the relay is not told that they were published', async () => {
      const figures = await unheardFor(4, {});
      tell('every tenth acknowledgement is lost', figures);
      expect(figures.repeats).toBeGreaterThan(0);
      expect(await load.wrong()).toEqual([]);
    });

    it('would be doubled without the inbox (the property notices)', async () => {
      const all = jest.spyOn(Inbox.prototype, 'fresh').mockImplementation(async (deliveries) => deliveries);
      try {
        await unheardFor(4, {});
      } finally {
        all.mockRestore();
      }
      expect(await load.wrong()).not.toEqual([]);
    });

    it('would get lost if publishing did not wait for the acknowledgement (the property notices)', async () => {
      await begin({ bus: notAwaited });
      await suffer(faults['is cut off from the network'] as Fault);
      expect(await load.wrong()).not.toEqual([]);
    });

    it('would get lost if offsets were committed before the handler is done (the property notices)', async () => {
      await begin({ bus: committedFirst });
      for (let round = 0; round < 3; round += 1) {
        const [first] = load.replicas;
        await load.join();
        if (first) await load.leave(first);
        await seconds(1);
      }
      await load.stopAppending();
      await load.drained(5_000);
      expect(await load.wrong()).not.toEqual([]);
    });
  });
});
