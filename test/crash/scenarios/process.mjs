// A process on a data folder: one that works, and one that is to be refused.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from '../../proof/seeded-random.mjs';
import { Driver, Journal } from '../../proof/driver.mjs';
import { start } from '../process.mjs';

const startWithinMs = 60_000;

export const expect = (holds, otherwise) => {
  if (!holds) throw new Error(otherwise);
};

const digest = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Starts on a folder and expects a refusal: exit code 1, and a message in which every expression is found. */
export const refuses = async (folder, expressions, { env, unchanged = [] } = {}) => {
  const before = unchanged.map(digest);
  const server = start({ folder, env });
  const ended = await Promise.race([
    server.ended,
    server.port.then((port) => port && 'it started'),
    sleep(startWithinMs, 'nothing', { ref: false }),
  ]);
  if (typeof ended === 'string') {
    await server.kill();
    throw new Error(`it was to be refused, and ${ended === 'nothing' ? 'nothing happened' : ended}`);
  }
  expect(ended.code === 1, `it ended with ${ended.code ?? ended.signal}, not 1:\n${server.said.err}`);
  for (const expression of expressions)
    expect(expression.test(server.said.err), `the message does not say ${expression}:\n${server.said.err}`);
  expect(!/\n\s+at .*:\d+:\d+/.test(server.said.err), `the message shows the program's inside:\n${server.said.err}`);
  unchanged.forEach((file, index) => expect(digest(file) === before[index], `${file} was changed`));
};

/** A process at work on a folder, with a driver that talks to it. */
export const running = async (folder, { variant, seed = 7 } = {}) => {
  const server = start({ folder, variant });
  const port = await server.port;
  if (port === undefined) throw new Error(`it did not start:\n${server.said.err}`);
  const driver = new Driver(seededRandom(seed), new Journal());
  driver.useProcess(port);
  await driver.setClock();
  return { server, driver, journal: driver.journal };
};

export const workFor = async (driver, ms) => {
  driver.stopping = false;
  const working = driver.work(4);
  await sleep(ms);
  driver.stopping = true;
  await working;
};

export const writeOne = (driver) =>
  driver.post('/api/referral/contacts', {
    authority: 'peterborough',
    source: { kind: 'public' },
    child: { name: 'Amir' },
    concern: 'Absent a lot.',
  });
