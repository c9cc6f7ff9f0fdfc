import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StandIn } from '../../../test/kurrentdb/stand-in.js';
import { commandId, contactA, event, everything, HandClock } from '../../conformance/samples.js';
import { following, until, untilTold } from '../../conformance/network-steps.js';
import { ids } from './harness.fixture.js';
import { openKurrentEventLog } from './log.js';

describe('a cluster of KurrentDB that is found by its gossip (played by a stand-in)', () => {
  let server: StandIn;
  const lost: unknown[] = [];
  const note = (error: unknown) => void lost.push(error);
  beforeEach(async () => {
    lost.length = 0;
    process.on('unhandledRejection', note);
    server = await StandIn.start();
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
    server.stop();
  });

  it('is used, and found again after all of it was away, without an error that nobody takes', async () => {
    const url = `kurrentdb://127.0.0.1:${server.port},127.0.0.1:1?tls=false&maxDiscoverAttempts=2&discoveryInterval=20`;
    const log = await openKurrentEventLog({ url, clock: new HandClock(), ids, timeoutMs: 2_000 });
    const followers = [following(log), following(log)];
    await log.append(contactA, 'none', [event()], commandId());
    await until(() => followers.every(({ seen }) => seen.length === 1));
    // It may arrive just before the end, and its answer be lost: so it is the same command throughout.
    const command = commandId();
    const { database, port } = server;
    server.stop();
    for (let asked = 0; asked < 4; asked += 1)
      await expect(Promise.all([log.append(contactA, 1, [event()], command), log.head()])).rejects.toMatchObject({
        reason: 'unreachable',
      });
    server = await StandIn.start({ database, port });
    await untilTold(() => log.append(contactA, 1, [event()], command));
    await until(() => followers.every(({ seen }) => seen.length === 2));
    for (const follower of followers) expect(await follower.end()).toEqual(await everything(log));
    await log.close();
    expect(lost).toEqual([]);
  });
});
