import { available, startKafka, type Kafka } from '@waymark/engines';
import { engineSuite, type Absent, type RunningEngine } from '@waymark/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Load, seconds } from '../kafka-load.js';

type Cluster = RunningEngine & { readonly kafka: Kafka };

const findCluster = async (): Promise<Cluster | Absent> => {
  const answer = await available('kafka');
  if (!answer.available) return { absent: answer.why };
  const kafka = await startKafka({ brokers: 3 });
  return { kafka, version: `Kafka ${kafka.version}, three brokers`, stop: () => kafka.stop() };
};

const tell = (what: string, figures: Record<string, unknown>) => process.stderr.write(`  ${what}: ${JSON.stringify(figures)}\n`);

await engineSuite('Kafka of three brokers', findCluster, ({ kafka }) => {
  describe('events that keep coming, where every message is kept by three brokers and two have to have it', () => {
    let load: Load;
    afterEach(() => load.stop(), 60_000);

    it.each([0, 1, 2])('arrive once, in the order of their cases, when broker %i of three is killed', async (index) => {
      load = new Load(kafka.brokers, {}, { replication: 3 });
      await load.start();
      await load.flowing();
      const victim = kafka.nodes[index];
      await victim?.kill();
      // Nothing is healed: the other two have to do, from when the cluster has given the third up.
      let [longestMs, last, lastAt] = [0, await load.taken(), performance.now()];
      for (const from = performance.now(); performance.now() - from < 20_000; await seconds(0.05)) {
        const taken = await load.taken();
        if (taken === last) continue;
        longestMs = Math.max(longestMs, performance.now() - lastAt);
        [last, lastAt] = [taken, performance.now()];
      }
      await load.stopAppending();
      const drainedMs = await load.drained(30_000);
      tell(`broker ${index} of three is killed`, {
        events: load.appended,
        longestStandstillMs: Math.round(longestMs),
        drainedMs,
        repeats: load.delivered - load.appended,
      });
      expect(await load.wrong()).toEqual([]);
      expect(drainedMs).toBeLessThan(10_000);
      await victim?.restart();
    });
  });
});
