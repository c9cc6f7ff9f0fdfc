import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import type { NonEmpty, StreamName, Uuid } from '@waymark/kernel';
import { WrongExpectedVersion, type Appended, type EventLog, type SealedEvent } from '../event-log.js';
import type { Bench } from './event-log.suite.js';
import { following, timesWrittenAfterALostAnswer, until, untilTold } from './network-steps.js';
import { commandId, contactA, contactB, event, everything, streamOf } from './samples.js';

/** What a network brings: for engines that are reached by one. */
export const networked = (bench: () => Bench): void => {
  const harness = () => bench().harness.networked!;
  const withAnother = async (work: (other: EventLog) => Promise<void>) => {
    const other = await harness().another(bench().clock);
    try {
      await work(other);
    } finally {
      await other.close();
    }
  };

  it('an append whose answer was lost was written once, and the same command finds it', () =>
    withAnother(async (other) => {
      const { told, command, written } = await timesWrittenAfterALostAnswer(bench().log, harness().network, other);
      expect(written).toHaveLength(1);
      expect(told).toMatchObject({ first: 1, last: 1, position: written[0]?.position });
      expect(await bench().log.append(contactA, 'none', [event()], command)).toEqual({ ...told, repeated: true });
    }));

  it('an append that was acknowledged to another process lies at or before the head, from that moment on', () =>
    withAnother(async (other) => {
      const { log } = bench();
      for (let version = 0; version < 20; version += 1) {
        // Requested all the time: an answer that was on its way must not serve a later request.
        const asking = [log.head(), log.head()];
        const { position } = await other.append(contactA, version || 'none', [event()], commandId());
        expect((await log.head()) >= position).toBe(true);
        await Promise.all(asking);
      }
    }));

  it('an append that cannot be sent is refused as unavailable, and nothing of it is written', () =>
    withAnother(async (other) => {
      const [{ log }, command] = [bench(), commandId()];
      harness().network.cut();
      await expect(log.append(contactA, 'none', [event()], command)).rejects.toMatchObject({
        name: 'StoreUnavailable',
        reason: 'unreachable',
        cause: expect.anything(),
      });
      await expect(log.head()).rejects.toMatchObject({ name: 'StoreUnavailable', reason: 'unreachable' });
      harness().network.heal();
      expect(await everything(other)).toEqual([]);
      expect(await untilTold(() => log.append(contactA, 'none', [event()], command))).toMatchObject({ first: 1, repeated: false });
    }));

  it('connections cut during commits lose nothing that was acknowledged and write nothing twice', async () => {
    const { log } = bench();
    const acknowledged: Appended[] = [];
    const commands: Uuid[] = [];
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      const stream = `referral.contact-${writer}` as StreamName;
      for (let version = 0; version < 24; version += 2) {
        const [command, events] = [commandId(), [event(), event()] as NonEmpty<SealedEvent>];
        commands.push(command);
        acknowledged.push(await untilTold(() => log.append(stream, version === 0 ? 'none' : version, events, command)));
      }
    });
    const cutting = (async () => {
      for (let cuts = 0; cuts < 12; cuts += 1) {
        await delay(7 + cuts * 3);
        harness().network.cut();
        await delay(5);
        harness().network.heal();
      }
    })();
    await Promise.all([...writers, cutting]);
    const all = await everything(log);
    expect(all).toHaveLength(6 * 24);
    expect(new Set(all.map(({ id }) => id)).size).toBe(6 * 24);
    expect(new Set(all.map(({ commandId: of }) => of))).toEqual(new Set(commands));
    for (const { stream, last, position } of acknowledged)
      expect(all.find((one) => one.stream === stream && one.version === last)?.position).toBe(position);
  });

  it('a subscriber goes on after a cut from where it was, without a gap, a repetition or an error', () =>
    withAnother(async (other) => {
      const follower = following(bench().log);
      await other.append(contactA, 'none', [event(), event()], commandId());
      await until(() => follower.seen.length === 2);
      for (let version = 2; version < 8; version += 2) {
        harness().network.cut();
        await other.append(contactA, version, [event(), event()], commandId());
        await delay(50);
        harness().network.heal();
        await until(() => follower.seen.length === version + 2);
      }
      expect(await follower.end()).toEqual(await everything(other));
    }));

  it('connections that went dead without a word cost time, and neither an append nor an event', () =>
    withAnother(async (other) => {
      const { log } = bench();
      const follower = following(log);
      await log.append(contactA, 'none', [event()], commandId());
      await until(() => follower.seen.length === 1);
      harness().network.strand();
      await other.append(contactB, 'none', [event()], commandId());
      const command = commandId();
      expect(await untilTold(() => log.append(contactA, 1, [event()], command))).toMatchObject({ first: 2, last: 2 });
      await until(() => follower.seen.length === 3);
      expect(await follower.end()).toEqual(await everything(other));
    }));

  it('a slow server is waited for', async () => {
    const { log } = bench();
    const follower = following(log);
    harness().network.delay(150);
    const appends = [contactA, contactB].map((stream) => log.append(stream, 'none', [event(), event()], commandId()));
    expect((await Promise.all(appends)).map(({ last }) => last)).toEqual([2, 2]);
    await until(() => follower.seen.length === 4);
    expect(await follower.end()).toEqual(await everything(log));
  });

  it('a subscriber that is stopped ends at once, also while the server is unavailable', async () => {
    const follower = following(bench().log);
    await bench().log.append(contactA, 'none', [event()], commandId());
    await until(() => follower.seen.length === 1);
    harness().network.cut();
    await delay(100);
    expect(await follower.end()).toHaveLength(1);
    harness().network.heal();
  });

  it('of two processes that expect the same version one wins each time, and both see one order without gaps', () =>
    withAnother(async (other) => {
      const logs = [bench().log, other];
      const streams = [contactA, contactB];
      const followers = logs.map((log) => following(log));
      const race = async (log: EventLog, stream: StreamName) => {
        let won = 0;
        for (let version = 0; version < 30; version += 1)
          await log.append(stream, version === 0 ? 'none' : version, [event()], commandId()).then(
            () => (won += 1),
            (error: unknown) => expect(error).toBeInstanceOf(WrongExpectedVersion),
          );
        return won;
      };
      const won = await Promise.all(streams.flatMap((stream) => logs.map((log) => race(log, stream))));
      expect(won[0]! + won[1]!).toBe((await streamOf(other, contactA)).length);
      for (const stream of streams)
        expect((await streamOf(other, stream)).map(({ version }) => version)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
      const all = await everything(other);
      for (const follower of followers) {
        await until(() => follower.seen.length >= all.length);
        expect(await follower.end()).toEqual(all);
      }
    }));

  it('of two processes given the same command one writes and both get its result', () =>
    withAnother(async (other) => {
      const command = commandId();
      const results = await Promise.all([bench().log, other].map((log) => log.append(contactA, 'none', [event()], command)));
      expect(results.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
      expect(new Set(results.map(({ position }) => position)).size).toBe(1);
      expect(await everything(other)).toHaveLength(1);
    }));
};

/** Only where the harness can stop the engine and start it again. */
export const restarted = (bench: () => Bench): void => {
  it('keeps what was acknowledged, and writers and subscribers go on by themselves', async () => {
    const { log, harness } = bench();
    const follower = following(log);
    await log.append(contactA, 'none', [event()], commandId());
    let restarting = true;
    const acknowledged: Appended[] = [];
    const writing = (async () => {
      for (let version = 1; restarting || version < 10; version += 1) {
        const [command, one] = [commandId(), event()];
        acknowledged.push(await untilTold(() => log.append(contactA, version, [one], command)));
        await delay(5);
      }
    })();
    await harness.networked!.restart!();
    restarting = false;
    await writing;
    const all = await everything(log);
    expect(all.map(({ version }) => version)).toEqual(Array.from({ length: acknowledged.length + 1 }, (_, index) => index + 1));
    expect(all.slice(1).map(({ position }) => position)).toEqual(acknowledged.map(({ position }) => position));
    await until(() => follower.seen.length === all.length);
    expect(await follower.end()).toEqual(all);
  });
};
