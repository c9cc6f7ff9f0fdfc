import { MemoryBus, MemoryTopicLog } from '@waymark/messaging';
import { DoomedConnection, type When } from '@waymark/mongo/doomed';
import { findMongo, newDatabase } from '@waymark/mongo/testing';
import { openMongoReadModels } from '@waymark/read-model/mongodb';
import { engineSuite } from '@waymark/testing';
import { describe, expect, it } from '@jest/globals';
import { MemoryEvents } from '../memory-events.js';
import { DoomedProcess } from '../process.js';
import { busOptions, expected, fill, outcome, startProcess } from '../world.js';

const impatient = { patienceMs: 60 };
const moments = 16;

await engineSuite('MongoDB', findMongo, (server) => {
  /** A process that is killed at a request to the database, and another over what it left. @returns what came of it, and how many requests the first made */
  const killedAt = async (n: number, when: When) => {
    const database = await newDatabase(server);
    const topics = new MemoryTopicLog();
    const rest = { store: new MemoryEvents(), openBus: () => new MemoryBus(busOptions, topics) };
    await fill(rest.store);
    const process = new DoomedProcess();
    const doomed = new DoomedConnection(n, when, () => void process.die());
    const first = (async () => {
      const readModel = await openMongoReadModels(doomed.around(database.connection), impatient);
      const running = await startProcess({ ...rest, readModel }, process);
      await running.settled();
      await running.stop();
    })();
    await Promise.race([doomed.died, first]);
    const { requests } = doomed;
    const engines = { ...rest, readModel: await openMongoReadModels(await database.connect(), impatient) };
    const second = await startProcess(engines, new DoomedProcess());
    await second.settled();
    await second.stop();
    const came = await outcome(engines);
    await database.drop();
    return { came, requests };
  };

  describe('reactions over read models on MongoDB, of a process that is killed at a request to them, and of the one after it', () => {
    it('bring about everything once', async () => {
      const { came, requests } = await killedAt(Infinity, 'before');
      expect(came).toEqual(expected);
      expect(requests).toBeGreaterThan(60);
      for (let i = 1; i <= moments; i += 1)
        for (const when of ['before', 'amid', 'after'] as const) {
          const n = Math.ceil((i * requests) / (moments + 1));
          expect({ n, when, came: (await killedAt(n, when)).came }).toEqual({ n, when, came: expected });
        }
    }, 600_000);
  });
});
