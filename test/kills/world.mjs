// A record of its own on the shared engines, and the process that lives on it for a while.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startProcess } from '../distributed/processes.mjs';
import { check, few } from '../proof/checks.mjs';
import { published } from '../proof/checks/told.mjs';
import { Driver, Journal } from '../proof/driver.mjs';
import { openRecord } from './record.mjs';
import { services, withProbe } from './services.mjs';
import { orderFaults } from './topics.mjs';

const program = join(import.meta.dirname, 'server.mjs');
const writers = 3;
const lifeMs = 40_000;
/** Moving the clock waits half a minute for everything to come to rest: an answer before that says that it did. */
const restsWithinMs = 25_000;
const looks = 6;
const afterEveryDeadlineMs = 80 * 3_600_000;

const createDatabase = async (url, name) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  return Object.assign(new URL(url), { pathname: `/${name}` }).href;
};

export class World {
  journal = new Journal();
  /** Has loaded its code while the one before it lived. */
  #waiting;

  constructor({ env, prefix, random, variant }) {
    Object.assign(this, { env, prefix, random, variant });
    this.driver = new Driver(random, this.journal);
  }

  /** @param {{ engines: object, random: object, variant?: string }} what */
  static async make({ engines, random, variant }) {
    const name = `kills_${randomBytes(4).toString('hex')}`;
    const url = await createDatabase(engines.postgres.url, name);
    const env = { ...engines.env, WAYMARK_PROFILE: 'development', WAYMARK_POSTGRES_URL: url, WAYMARK_MONGODB_DATABASE: name };
    return new World({ env, prefix: `${name}-`, random, variant });
  }

  /** Lets the process that waits live, and has another one wait. */
  #start(life = {}) {
    const server = this.#waiting ?? this.#load();
    this.#waiting = this.#load();
    server.tell(JSON.stringify({ prefix: this.prefix, ...(this.variant ? { variant: this.variant } : {}), ...life }));
    return server;
  }

  #load() {
    return startProcess({ service: 'what is to be killed', env: this.env, program, listens: true });
  }

  /**
   * One life, under load from when it serves.
   * @returns {Promise<boolean>} whether it came to its moment; otherwise it was ended
   * @throws Error when it ended in another way
   */
  async live(moment, armed) {
    const server = this.#start({ moment, armed });
    const over = new AbortController();
    const timeIsUp = sleep(lifeMs, 'late', { signal: over.signal }).catch(() => undefined);
    const working = server.port.then((port) => this.#workAt(port));
    let outcome;
    try {
      outcome = await Promise.race([server.ended, timeIsUp, working.then(() => server.ended)]);
    } finally {
      over.abort();
      await server.kill();
    }
    await working;
    const { code, signal } = await server.ended;
    if (signal !== 'SIGKILL') throw new Error(`the process ended with ${code ?? signal}:\n${server.said.out}${server.said.err}`);
    return outcome !== 'late';
  }

  async #workAt(port) {
    if (port === undefined) return;
    this.driver.useProcess(port);
    await this.driver.work(writers);
  }

  /** Lets everything that was begun come to its end, with the trap laid aside, and stops the process. @returns what the clock said then */
  async #rest() {
    const server = this.#start();
    const { driver, journal } = this;
    try {
      const port = await server.port;
      if (port === undefined) throw new Error(`the process did not start again:\n${server.said.out}${server.said.err}`);
      driver.useProcess(port);
      await this.#settle();
      for (let attempt = 0; attempt < 5 && journal.pending.size > 0; attempt += 1) await driver.finishPending();
      driver.aheadMs = afterEveryDeadlineMs;
      const now = await this.#settle();
      const ready = await driver.get('/health/ready');
      await server.stop();
      return { now, ready };
    } finally {
      await server.kill();
    }
  }

  async #settle() {
    for (let look = 0; look < looks; look += 1) {
      const askedAt = performance.now();
      const { status, body } = await this.driver.setClock();
      if (status !== 200) throw new Error(`PUT /dev/clock answered ${status}`);
      if (performance.now() - askedAt < restsWithinMs) return body.now;
    }
    throw new Error('the process did not come to rest');
  }

  async leave() {
    await this.#waiting?.kill();
  }

  /** Lets it rest and checks everything. */
  async check() {
    const { now, ready } = await this.#rest();
    const { env, prefix, journal } = this;
    const record = await openRecord({ env, prefix, services: withProbe });
    try {
      return {
        results: [
          {
            name: 'every unanswered command was answered in the end',
            faults: few([...journal.pending.values()].map(({ url }) => `POST ${url} got no answer`)),
          },
          { name: 'the process is ready and nothing of it has stopped', faults: ready.status === 200 ? [] : [JSON.stringify(ready.body)] },
          ...(await check(record, { services, journal, now })),
          {
            name: 'what is told of a case is on its topic in order, repeats left out',
            faults: few(orderFaults(record.deliveries, published(record, services))),
          },
        ],
        events: record.events.length,
        messages: record.messages.size,
        repeats: record.deliveries.length - record.messages.size,
        missed: record.events.filter(({ type }) => type.endsWith('.DeadlineMissed.v1')).length,
      };
    } finally {
      await record.close();
    }
  }
}
