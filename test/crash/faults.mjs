// Fault scenarios: no room, no permission, damaged files, lost keys, wrong settings. What is said, and that nothing is lost or changed in silence.
import { chmodSync, copyFileSync, cpSync, mkdtempSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flipInTheMiddle, otherMasterKey } from './scenarios/damage.mjs';
import { fill, fillUp, onSmallDisk, Skipped, withoutRoom } from './scenarios/no-room.mjs';
import { expect, refuses, running, workFor, writeOne } from './scenarios/process.mjs';

/** A copy of a data folder that was used and stopped. */
const copyOf = (used) => {
  const folder = mkdtempSync(join(tmpdir(), 'waymark-faults-'));
  cpSync(used, folder, { recursive: true });
  // Copying does not keep what folders may be entered by.
  for (const name of [folder, join(folder, 'keys')]) chmodSync(name, 0o700);
  return folder;
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
    'a full disk: 503, nothing is shown unrecorded, works again without loss': () =>
      onSmallDisk((disk) =>
        withoutRoom(disk, {
          takeAway: async () => fillUp(join(disk, 'ballast')),
          giveBack: async () => rmSync(join(disk, 'ballast')),
          isSeen: true,
          isReadable: false,
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

/** @param {{ log: (text: string) => void, only?: RegExp }} run */
export const faultScenarios = async ({ log, only }) => {
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
