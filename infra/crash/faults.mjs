// Bad days: no room, no permission, damaged files, lost keys, wrong settings. What is said, and that nothing is lost or mended in silence.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { services } from '@waymark/standalone-service';
import { chance } from '../proof/chance.mjs';
import { Driver, Journal } from '../proof/driver.mjs';
import { start } from './process.mjs';
import { verify } from './verify.mjs';

const startWithinMs = 60_000;

class Skipped extends Error {}

const expect = (holds, otherwise) => {
  if (!holds) throw new Error(otherwise);
};
const digest = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** A copy of a data folder that was used and stopped. */
const copyOf = (used) => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-faults-'));
  cpSync(used, folder, { recursive: true });
  // Copying does not keep what folders may be entered by.
  for (const name of [folder, join(folder, 'keys')]) chmodSync(name, 0o700);
  return folder;
};

/** Starts on a folder and expects a refusal: exit code 1, and a message in which every expression is found. */
const refuses = async (folder, expressions, { env, unchanged = [] } = {}) => {
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
const running = async (folder, { variant, seed = 7 } = {}) => {
  const server = start({ folder, variant });
  const port = await server.port;
  if (port === undefined) throw new Error(`it did not start:\n${server.said.err}`);
  const driver = new Driver(chance(seed), new Journal());
  driver.useProcess(port);
  await driver.setClock();
  return { server, driver, journal: driver.journal };
};

const workFor = async (driver, ms) => {
  driver.stopping = false;
  const working = driver.work(4);
  await sleep(ms);
  driver.stopping = true;
  await working;
};

const writeOne = (driver) =>
  driver.post('/api/referral/contacts', {
    authority: 'peterborough',
    source: { kind: 'public' },
    child: { name: 'Amir' },
    concern: 'Absent a lot.',
  });

/** No room: writing is refused with 503 and says why, reading goes on; with room again everything works and nothing is lost. */
const withoutRoom = async (folder, { variant, takeAway, giveBack }) => {
  const { server, driver, journal } = await running(folder, { variant });
  try {
    await workFor(driver, 1_500);
    const known = journal.acknowledged.find(({ url }) => url === '/api/referral/contacts');
    expect(known, 'nothing was acknowledged before the disk was full');
    await takeAway(server);
    let answer;
    for (let attempt = 0; attempt < 400 && answer?.status !== 503; attempt += 1) answer = await writeOne(driver);
    expect(answer.status === 503, `with no room left, writing answered ${answer.status}`);
    expect(/full/i.test(answer.body.detail), `the answer does not say that the disk is full: ${answer.body.detail}`);
    const read = await driver.get(`/api/referral/contacts/${known.answer.id}`);
    expect(read.status === 200, `with no room left, reading answered ${read.status}`);
    await giveBack(server);
    await sleep(500);
    const after = await writeOne(driver);
    expect(after.status === 201, `with room again, writing answered ${after.status}: ${JSON.stringify(after.body)}`);
    await workFor(driver, 500);
    for (let attempt = 0; attempt < 5 && journal.pending.size > 0; attempt += 1) await driver.finishPending();
    // Whoever was away may pause for half a minute before it tries again.
    let rest;
    for (let attempt = 0; attempt < 4; attempt += 1) rest = await driver.setClock();
    await server.stop();
    const { results } = await verify({ folder, services, journal, now: rest.body.now });
    const faults = results.filter((result) => result.faults.length > 0);
    expect(faults.length === 0, `afterwards: ${JSON.stringify(faults, null, 2)}`);
  } finally {
    await server.kill();
  }
};

/** A small disk, in memory: large enough for what the process writes before it is filled up. */
const onSmallDisk = async (work) => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-small-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw new Skipped(
      `no small disk can be mounted here (${String(error.stderr ?? error.message).trim()}); the limit within SQLite was tried`,
    );
  }
  try {
    await work(folder);
  } finally {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
};

const fill = (file) => {
  const ballast = openSync(file, 'w');
  const block = Buffer.alloc(4096, 1);
  try {
    for (;;) writeSync(ballast, block);
  } catch (error) {
    if (error.code !== 'ENOSPC') throw error;
  } finally {
    closeSync(ballast);
  }
};

const fillUp = (file) => {
  fill(file);
  // Giving back what hardly was there would show nothing.
  expect(statSync(file).size > 16 * 1024 * 1024, 'the process itself had filled the small disk; make it larger');
};

/** In an event that lies in the middle: a page has room between its rows too, and bytes there are nobody's. */
const flipInTheMiddle = (file) => {
  const bytes = readFileSync(file);
  const at = bytes.indexOf('"$sealed"', Math.floor(bytes.length / 2));
  expect(at > 0, 'the second half of the file holds no event');
  for (let place = at; place < at + 8; place += 1) bytes[place] ^= 0xff;
  writeFileSync(file, bytes);
};

/** A data folder after some work, stopped in order: the write-ahead log is in the file. */
const usedFolder = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-faults-'));
  const { server, driver } = await running(folder);
  await workFor(driver, 3_000);
  await server.stop();
  return folder;
};

/** @param {string} used a data folder in order */
const days = (used) => {
  const inCopy = (work) => async () => {
    const folder = copyOf(used);
    try {
      await work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const inNone = (work) => async () => {
    const folder = mkdtempSync(join(tmpdir(), 'waymark-faults-'));
    try {
      await work(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const damage = (mend, expressions) =>
    inCopy((folder) => {
      const file = join(folder, 'events.db');
      mend(file);
      return refuses(folder, [/events\.db/, ...expressions], { unchanged: [file] });
    });
  const keys = (change, expressions) =>
    inCopy((folder) => {
      change(join(folder, 'keys'));
      return refuses(folder, expressions, { unchanged: [join(folder, 'events.db')] });
    });
  const setting = (name, value, expression) =>
    inNone((folder) => refuses(folder, [new RegExp(`${name}: `), expression], { env: { [name]: value } }));

  return {
    'no room in the file of events: 503, reading goes on, works again without loss': inNone((folder) =>
      withoutRoom(folder, {
        variant: 'small-disk',
        takeAway: async (server) => server.signal('SIGUSR2'),
        giveBack: async (server) => server.signal('SIGUSR1'),
      }),
    ),
    'a full disk: 503, reading goes on, works again without loss': () =>
      onSmallDisk((disk) =>
        withoutRoom(disk, {
          takeAway: async () => fillUp(join(disk, 'ballast')),
          giveBack: async () => rmSync(join(disk, 'ballast')),
        }),
      ),
    'a full disk at the first start: refused in words': () =>
      onSmallDisk((disk) => {
        fill(join(disk, 'ballast'));
        return refuses(disk, [/full/]);
      }),
    'a data folder that may not be written: refused in words': inNone((folder) => {
      if (process.getuid?.() === 0) {
        // Root may write everywhere: a file in the folder's place stands for it.
        rmSync(folder, { recursive: true });
        writeFileSync(folder, '');
      } else chmodSync(folder, 0o500);
      return refuses(folder, [/WAYMARK_DATA/, /cannot be used/]);
    }),
    'a second process on the same folder: refused, and the first goes on': inCopy(async (folder) => {
      const { server, driver } = await running(folder);
      try {
        await refuses(folder, [/in use by another process/]);
        expect((await writeOne(driver)).status === 201, 'the first process no longer takes commands');
      } finally {
        await server.kill();
      }
    }),
    'bytes flipped in the middle of the events: refused, with the place, file untouched': damage(flipInTheMiddle, [
      /damaged: .*(page|tree|position|row|index)/i,
      /restore/i,
    ]),
    'events cut off in the middle: refused, with the place, file untouched': damage(
      (file) => truncateSync(file, Math.floor(statSync(file).size / 2 / 4096) * 4096),
      [/damaged: .*cut off at byte \d+ of \d+/, /restore/i],
    ),
    'an emptied file of events: refused, and not taken for a new one': damage((file) => truncateSync(file, 0), [/empty/, /restore/i]),
    'a lost master key: refused, with which': keys((folder) => rmSync(join(folder, 'master.key')), [/master\.key is missing/]),
    'another master key: refused, with which': keys(
      (folder) => writeFileSync(join(folder, 'master.key'), otherMasterKey(), { mode: 0o600 }),
      [/master\.key has fingerprint/],
    ),
    'lost keys: refused, with which': keys(
      (folder) => renameSync(join(folder, 'keys.db'), join(folder, 'keys.away')),
      [/keys\.db is missing/],
    ),
    'keys of another installation: refused, with which': inCopy(async (folder) => {
      const other = mkdtempSync(join(tmpdir(), 'waymark-faults-'));
      try {
        const first = await running(other);
        await first.server.stop();
        for (const name of ['master.key', 'keys.db']) copyFileSync(join(other, 'keys', name), join(folder, 'keys', name));
        await refuses(folder, [/keys\.db holds key set/, /sealed with/]);
      } finally {
        rmSync(other, { recursive: true, force: true });
      }
    }),
    'a master key that others may read: refused': keys((folder) => chmodSync(join(folder, 'master.key'), 0o644), [/master\.key/]),
    'a port that is none: refused, with the variable': setting('PORT', 'http', /port number/),
    'a profile that there is not: refused, with the variable': setting('WAYMARK_PROFILE', 'staging', /development/),
    'a variable that there is not: refused, with the name': setting('WAYMARK_DATE', 'here', /no such setting/),
    'a port in use: refused, with the variable': inCopy(async (folder) => {
      const { server } = await running(folder);
      const elsewhere = copyOf(used);
      try {
        await refuses(elsewhere, [/PORT/, /in use/], { env: { PORT: String(await server.port) } });
      } finally {
        await server.kill();
        rmSync(elsewhere, { recursive: true, force: true });
      }
    }),
  };
};

/** A whole master key, of another installation. */
const otherMasterKey = () => {
  const bytes = Buffer.alloc(32, 7);
  const heading = 'waymark master key 1';
  const fingerprint = createHash('sha256').update(`${heading}\n`).update(bytes).digest('hex').slice(0, 16);
  return `${heading}\n${bytes.toString('base64')}\nfingerprint ${fingerprint}\n`;
};

/** @param {{ log: (text: string) => void, only?: RegExp }} run */
export const badDays = async ({ log, only }) => {
  const used = await usedFolder();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  try {
    for (const [name, day] of Object.entries(days(used))) {
      if (only && !only.test(name)) continue;
      try {
        await day();
        counts.passed += 1;
        log(`  ok       ${name}`);
      } catch (error) {
        const skipped = error instanceof Skipped;
        counts[skipped ? 'skipped' : 'failed'] += 1;
        log(
          `  ${skipped ? 'SKIPPED ' : 'FAILED  '} ${name}\n           ${(error.stack ?? String(error)).replaceAll('\n', '\n           ')}`,
        );
      }
    }
  } finally {
    rmSync(used, { recursive: true, force: true });
  }
  return counts;
};
