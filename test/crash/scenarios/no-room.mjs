// Disks without room.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { services } from '@waymark/standalone-service';
import { verify } from '../verify.mjs';
import { expect, running, workFor, writeOne } from './process.mjs';

/** What cannot be tried on this machine. */
export class Skipped extends Error {}

/**
 * No room: writing is refused with 503 and says why, reading goes on; with room again everything works and nothing is lost. Where there is no room for the
 * log of access either, reading is refused in the same words: nobody sees anything of a family that cannot be recorded (ACC-02).
 */
export const withoutRoom = async (folder, { variant, takeAway, giveBack, isSeen = false, isReadable = true }) => {
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
    // What the system says of its disk is the same as without it where SQLite alone is held to a limit.
    if (isSeen) expect((await driver.get('/health/ready')).status === 503, 'with no room left it says that it is ready');
    const read = await driver.get(`/api/referral/contacts/${known.answer.id}`);
    expect(read.status === (isReadable ? 200 : 503), `with no room left, reading answered ${read.status}`);
    if (!isReadable) expect(/disk is full.*nothing is shown/.test(read.body.detail), `reading does not say why not: ${read.body.detail}`);
    await giveBack(server);
    await sleep(500);
    const readAgain = await driver.get(`/api/referral/contacts/${known.answer.id}`);
    expect(readAgain.status === 200, `with room again, reading answered ${readAgain.status}`);
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
export const onSmallDisk = async (work) => {
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

export const fill = (file) => {
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

export const fillUp = (file) => {
  fill(file);
  // Giving back what hardly was there would show nothing.
  expect(statSync(file).size > 16 * 1024 * 1024, 'the process itself had filled the small disk; make it larger');
};
