import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventTypeFilter, KurrentDBClient } from '@kurrent/kurrentdb-client';
import { v7 as newId } from 'uuid';
import { StandIn } from '../../../test/kurrentdb/stand-in.js';
import { commandId, contactA, contactB, event, everything, HandClock, streamOf } from '../../conformance/samples.js';
import { openKurrentEventLog } from './log.js';

describe('a KurrentDB that is shared (played by a stand-in)', () => {
  let server: StandIn;
  let opened = 0;
  beforeAll(async () => {
    server = await StandIn.start();
  });
  afterAll(() => server.stop());

  const logs = async (count: number, namespaces = 1) => {
    opened += 1;
    const open = (index: number) =>
      openKurrentEventLog({
        url: server.url,
        clock: new HandClock(),
        ids: { next: () => newId() },
        namespace: `w${opened}-${index % namespaces}`,
      });
    return Promise.all(Array.from({ length: count }, (_, index) => open(index)));
  };

  it('by two processes takes a command once, whichever of them is given it', async () => {
    const [one, two] = await logs(2);
    const command = commandId();
    const racing = await Promise.all([one!, two!].map((log) => log.append(contactA, 'none', [event()], command)));
    expect(racing.map(({ repeated }) => repeated).sort()).toEqual([false, true]);
    expect(await two!.append(contactA, 1, [event(), event()], command)).toMatchObject({ first: 1, last: 1, repeated: true });
    expect(await everything(one!)).toHaveLength(1);
    await Promise.all([one!.close(), two!.close()]);
  });

  it('by two processes lets neither write on what it has not seen', async () => {
    const [one, two] = await logs(2);
    await one!.append(contactA, 'none', [event()], commandId());
    await two!.append(contactA, 1, [event()], commandId());
    await expect(one!.append(contactA, 1, [event()], commandId())).rejects.toMatchObject({ name: 'WrongExpectedVersion', actual: 2 });
    const command = commandId();
    await two!.append(contactA, 2, [event()], command);
    // The version is the newest, and the command is in what this process has not read.
    expect(await one!.append(contactA, 3, [event()], command)).toMatchObject({ first: 3, repeated: true });
    expect((await streamOf(one!, contactA)).map(({ version }) => version)).toEqual([1, 2, 3]);
    await Promise.all([one!.close(), two!.close()]);
  });

  it('by two namespaces keeps each in its own', async () => {
    const [one, two] = await logs(2, 2);
    await one!.append(contactA, 'none', [event()], commandId());
    expect(await two!.head()).toBe('start');
    await two!.append(contactB, 'none', [event()], commandId());
    await two!.bindKeySet('second');
    expect(await one!.keySetId()).toBeUndefined();
    expect((await everything(one!)).map(({ stream }) => stream)).toEqual([contactA]);
    expect(await one!.head()).toBe((await everything(one!))[0]!.position);
    await Promise.all([one!.close(), two!.close()]);
  });

  it('with the engine itself and with others gives nothing of theirs, though their types have the same names', async () => {
    const [log] = await logs(1);
    for (let version = 0; version < 10; version += 1) await log!.append(contactA, version || 'none', [event()], commandId());
    const seen = [];
    for await (const page of log!.readAll('start', { filter: { typePrefixes: ['referral.', '$'] } })) seen.push(...page);
    expect(seen).toHaveLength(10);
    expect(seen).toEqual(await everything(log!));
    await log!.close();
    // They are there, and a filter by type alone lets them through.
    const client = KurrentDBClient.connectionString(server.url);
    const streams = new Set<string>();
    for await (const { event: one } of client.readAll({ filter: eventTypeFilter({ prefixes: ['referral.', '$'] }) }))
      streams.add(one!.streamId);
    expect([...streams]).toEqual(expect.arrayContaining(['$users', '$stats-127.0.0.1:2113', 'referral.contact-of-another-application']));
  });
});
