// Kills the process at random moments of its life, starts it again, and checks what is left.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { services } from '@waymark/standalone-service';
import { seededRandom } from '../proof/seeded-random.mjs';
import { Driver, Journal, StandsStill } from '../proof/driver.mjs';
import { start } from './process.mjs';
import { verify } from './verify.mjs';

const writers = 6;
const hourMs = 3_600_000;
const restMs = 30_000;
/** No life and no check takes nearly as long: who does stands still, and would for ever. */
const stillMs = 180_000;
const atRest = 'everything comes to rest';

/** When in its life a process is killed, and how often of a hundred. */
const moments = [
  ['while starting', 20],
  ['while catching up', 15],
  ['while the clock moves', 15],
  ['under load', 50],
];
const momentOf = ({ below }) => {
  let at = below(100);
  return moments.find(([, share]) => (at -= share) < 0)[0];
};

/** One data folder, its journal, and the process that lives on it for a while. */
class World {
  folder = mkdtempSync(join(tmpdir(), 'waymark-crash-'));
  journal = new Journal();
  startMs = 1_500;
  counts = Object.fromEntries(moments.map(([name]) => [name, 0]));

  constructor(seed, variant) {
    this.random = seededRandom(seed);
    this.driver = new Driver(this.random, this.journal);
    this.variant = variant;
  }

  start() {
    this.server = start({ folder: this.folder, variant: this.variant });
    return this.server;
  }

  /** What is said of a process that stands still, which is ended with it. */
  async stillness(doing) {
    const { out, err } = this.server.said;
    await this.server.kill();
    return `${doing}: nothing more happened for ${stillMs / 1000} s; the process had said:\n${out}${err}`;
  }

  async begin() {
    const startedAt = performance.now();
    const server = this.start();
    const port = await server.port;
    if (port === undefined) throw new Error(`the process did not start again:\n${server.said.out}${server.said.err}`);
    this.startMs = performance.now() - startedAt;
    this.driver.useProcess(port);
    return server;
  }

  /** One life, from a start to a kill. */
  async live() {
    const { random: at, driver } = this;
    const moment = momentOf(at);
    this.counts[moment] += 1;
    if (moment === 'while starting') {
      const server = this.start();
      await Promise.race([sleep(at.below(this.startMs)), server.ended]);
      await server.kill();
      return moment;
    }
    const server = await this.begin();
    if (moment === 'while catching up') await sleep(at.below(60));
    else {
      const moved = driver.setClock().catch(() => undefined);
      if (moment === 'while the clock moves') driver.aheadMs += (20 + at.below(60)) * hourMs;
      else await Promise.race([moved, sleep(restMs, undefined, { ref: false })]);
      const working = driver.work(writers);
      if (moment === 'while the clock moves') {
        void driver.setClock().catch(() => undefined);
        await sleep(at.below(250));
      } else await sleep(30 + at.below(500));
      await server.kill();
      await working;
      return moment;
    }
    await server.kill();
    return moment;
  }

  /** Lets everything that was begun come to its end. @throws StandsStill when it never does: a lost effect may keep a deadline firing */
  async rest() {
    const { driver, journal } = this;
    await driver.setClock();
    for (let attempt = 0; attempt < 3 && journal.pending.size > 0; attempt += 1) await driver.finishPending();
    const { status, body } = await driver.setClock();
    if (status !== 200) throw new Error(`PUT /dev/clock answered ${status}`);
    return body.now;
  }

  /** Waits until all is at rest, stops the process, and checks. */
  async check() {
    const server = await this.begin();
    const { driver, journal } = this;
    try {
      const now = await this.rest();
      const lag = await driver.get('/health/ready');
      await server.stop();
      const { results, ...counts } = await verify({ folder: this.folder, services, journal, now });
      return {
        ...counts,
        results: [
          { name: atRest, faults: [] },
          {
            name: 'every unanswered command was answered in the end',
            faults: [...journal.pending.values()].map(({ url }) => `POST ${url} got no answer`),
          },
          { name: 'the process is ready and nothing of it has stopped', faults: lag.status === 200 ? [] : [JSON.stringify(lag.body)] },
          ...results,
        ],
      };
    } catch (error) {
      if (!(error instanceof StandsStill)) throw error;
      return { events: 0, missed: 0, results: [{ name: atRest, faults: [error.message] }] };
    } finally {
      await server.kill();
    }
  }

  remove() {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** @throws Error with the words when the work takes too long */
const inTime = async (work, words) => {
  const late = Symbol('late');
  const over = new AbortController();
  const first = await Promise.race([work, sleep(stillMs, late, { signal: over.signal })]).finally(() => over.abort());
  if (first !== late) return first;
  work.catch(() => undefined);
  throw new Error(await words());
};

/**
 * @param {{ kills: number, seed: number, every?: number, variant?: string, log: (text: string) => void }} run
 * @returns {Promise<{ passed: number, failed: number, kills: number, faults: string[] }>} stops at the first check that fails
 */
export const killOften = async ({ kills, seed, every = 25, variant, log }) => {
  const world = new World(seed, variant);
  const startedAt = performance.now();
  const faults = [];
  let passed = 0;
  try {
    for (let killed = 1; killed <= kills && faults.length === 0; killed += 1) {
      await inTime(world.live(), () => world.stillness(`life ${killed}`));
      if (killed % every !== 0 && killed !== kills) continue;
      const { results, events, missed } = await inTime(world.check(), () => world.stillness(`the check after ${killed} kills`));
      for (const { name, faults: found } of results) {
        if (found.length === 0) passed += 1;
        else faults.push(`${name}\n${found.map((fault) => `      ${fault}`).join('\n')}`);
      }
      const { acknowledged, refused, retried } = world.journal;
      const told = Object.entries(world.counts)
        .map(([name, count]) => `${count} ${name}`)
        .join(', ');
      log(
        `  ${killed} kills (${told}) in ${Math.round((performance.now() - startedAt) / 1000)} s: ${acknowledged.length} commands acknowledged, ` +
          `${refused.length} refused, ${retried} sent again; ${events} events, ${missed} deadlines missed; ${faults.length === 0 ? 'all is there, once' : 'FAULTS'}`,
      );
    }
  } catch (error) {
    faults.push(`the run ended: ${error.stack}`);
  } finally {
    if (faults.length === 0 || variant) world.remove();
    else log(`  the data folder is kept: ${world.folder}`);
  }
  return { passed, failed: faults.length, faults, kills };
};
