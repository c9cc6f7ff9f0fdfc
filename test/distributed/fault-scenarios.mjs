// What a service does when an engine is away, comes late, or refuses: it says which, waits with its health telling so, and drops nothing it acknowledged.
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startProcess } from './processes.mjs';

const withinMs = 60_000;
const secret = 'a-password-nobody-may-see';

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

const until = async (what, holds) => {
  const endMs = performance.now() + withinMs;
  for (;;) {
    const found = await holds().catch(() => undefined);
    if (found) return found;
    if (performance.now() > endMs) throw new Error(`${what}: not within ${withinMs / 1000} s`);
    await sleep(100);
  }
};

const ask = async (port, path, init = {}) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { ...init, signal: AbortSignal.timeout(15_000) });
  return { status: answer.status, text: await answer.text() };
};
const isReady = (port) => async () => (await ask(port, '/health/ready')).status === 200;

/** Runs one referral service on a port that is known before it serves. */
const withReferral = async (env, work) => {
  const port = await freePort();
  const process = startProcess({ service: 'referral', env: { ...env, PORT: String(port) } });
  try {
    await work({ port, process });
  } finally {
    await process.kill();
  }
};

const nothingOf = (word, { said }) => {
  if (`${said.out}${said.err}`.includes(word)) throw new Error('it showed a secret');
};

/** While the engine is away the process lives, is not ready, says for which engine it waits, and serves nothing. */
const waitsFor = (engine, env) => () =>
  withReferral(env, async ({ port, process }) => {
    await until(`waiting for ${engine}`, async () => (await ask(port, '/health/ready')).text.includes(`waiting for ${engine}`));
    const [live, ready, contact] = [
      await ask(port, '/health/live'),
      await ask(port, '/health/ready'),
      await ask(port, '/api/referral/contacts'),
    ];
    if (live.status !== 200 || ready.status !== 503 || contact.status !== 503)
      throw new Error(`${live.status} ${ready.status} ${contact.status}`);
    await until('said', async () => process.said.out.includes(`Waiting for ${engine}`));
    nothingOf(secret, process);
  });

const refuses = (env, wanted) => () =>
  withReferral(env, async ({ process }) => {
    const ended = await Promise.race([process.ended, sleep(withinMs, undefined, { ref: false })]);
    if (ended?.code !== 1) throw new Error('it did not end with code 1');
    for (const pattern of wanted) if (!pattern.test(process.said.err)) throw new Error(`it said: ${process.said.err}`);
    if (/\n\s+at /.test(process.said.err)) throw new Error('it showed a stack');
    nothingOf(secret, process);
  });

const contact = {
  authority: 'peterborough',
  source: { kind: 'public' },
  child: { name: 'An invented child', dateOfBirth: '2018-05-14' },
  concern: 'An invented concern.',
};
const post = (port, key) =>
  ask(port, '/api/referral/contacts', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': key,
      'waymark-dev-identity': 'user=dana; role=practitioner; organisation=fenbank-primary; purpose=early-help',
    },
    body: JSON.stringify(contact),
  });

/** An engine that the service cannot do without goes and comes back: not ready, refused in words, then everything acknowledged is there. */
const livesThrough = (name, engine, env) => () =>
  withReferral(env, async ({ port }) => {
    await until('ready', isReady(port));
    const before = await post(port, `before-${name}`);
    if (before.status !== 201) throw new Error(`${before.status}: ${before.text}`);
    await engine.kill();
    await until('not ready', async () => (await ask(port, '/health/ready')).status === 503);
    const refused = await post(port, `while-${name}`);
    if (refused.status !== 503 || /\n\s+at /.test(refused.text)) throw new Error(`${refused.status}: ${refused.text}`);
    await engine.restart();
    await until('ready again', isReady(port));
    const again = await until('taken', async () => {
      const answer = await post(port, `while-${name}`);
      return answer.status === 201 && answer;
    });
    const repeated = await post(port, `before-${name}`);
    if (repeated.status !== 201 || JSON.parse(repeated.text).id !== JSON.parse(before.text).id || again.text === before.text)
      throw new Error('what was acknowledged before is not there');
  });

/** The bus is away: commands are taken, and told once it is back. */
const takesCommandsWithout = (kafka, env) => () =>
  withReferral(env, async ({ port }) => {
    await until('ready', isReady(port));
    await kafka.kill();
    const answer = await post(port, 'without-the-bus');
    if (answer.status !== 201) throw new Error(`${answer.status}: ${answer.text}`);
    await until('says that it retries', async () => (await ask(port, '/health/ready')).text.includes('"retrying":"referral.relay'));
    await kafka.restart();
    await until('told', async () => (await ask(port, '/health/ready')).text.includes('"retrying":""'));
  });

/** @returns {Promise<{ passed: number, failed: number }>} */
export const runFaultScenarios = async ({ env, postgres, kafka, mongo }) => {
  const nowhere = `127.0.0.1:${await freePort()}`;
  const kurrent = { ...env, WAYMARK_STORE: 'kurrentdb', WAYMARK_KURRENTDB_URL: `kurrentdb://admin:${secret}@${nowhere}?tls=false` };
  delete kurrent.WAYMARK_POSTGRES_URL;
  const wrongPassword = new URL(env.WAYMARK_POSTGRES_URL);
  wrongPassword.password = secret;
  const days = {
    'PostgreSQL away at the start': waitsFor('PostgreSQL', {
      ...env,
      WAYMARK_POSTGRES_URL: `postgres://waymark:${secret}@${nowhere}/waymark`,
    }),
    'KurrentDB away at the start': waitsFor('KurrentDB', kurrent),
    'MongoDB away at the start': waitsFor('MongoDB', { ...env, WAYMARK_MONGODB_URL: `mongodb://${nowhere}` }),
    'Kafka away at the start': waitsFor('Kafka', { ...env, WAYMARK_KAFKA_BROKERS: nowhere }),
    'a wrong password for PostgreSQL: refused, without showing it': refuses({ ...env, WAYMARK_POSTGRES_URL: wrongPassword.href }, [
      /password/i,
    ]),
    'another master key than the record was sealed with: refused': refuses(
      { ...env, WAYMARK_MASTER_KEY: Buffer.alloc(32, 7).toString('base64') },
      [/master key/],
    ),
    'a master key that is none: refused': refuses({ ...env, WAYMARK_MASTER_KEY: secret }, [/WAYMARK_MASTER_KEY/]),
    'PostgreSQL killed and restarted under a service': livesThrough('PostgreSQL', postgres, env),
    'MongoDB killed and restarted under a service': livesThrough('MongoDB', mongo, env),
    'Kafka killed and restarted under a service: commands are taken meanwhile': takesCommandsWithout(kafka, env),
  };
  const counts = { passed: 0, failed: 0 };
  for (const [name, day] of Object.entries(days)) {
    const problem = await day().then(
      () => undefined,
      (error) => error,
    );
    counts[problem ? 'failed' : 'passed'] += 1;
    process.stdout.write(problem ? `FAILED   ${name}: ${problem.message}\n` : `ok       ${name}\n`);
  }
  return counts;
};
