import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, jest } from '@jest/globals';
import { aggregates, collect, memoryEventLog, type EventStore, type Recorded } from '@waymark/event-store';
import { derivedId, type Instant, type OrganisationId, type UserId, type Uuid } from '@waymark/kernel';
import { KeysUnavailable, memoryKeyStore } from '@waymark/keys';
import { MemoryBus } from '@waymark/messaging';
import {
  embeddedEngines,
  enginesOf,
  erasure,
  memoryIdempotencyStore,
  statistic,
  testPlatform,
  vocabularyOf,
  type TestPlatform,
} from '@waymark/nest';
import { MemoryReadModelStore } from '@waymark/read-model';
import { services } from '../src/services.js';

// What returns and quality reports count outlives an erasure (docs/adr/0019).

const now = '2026-03-02T09:15:00Z';
const contact = {
  authority: 'peterborough',
  source: { kind: 'professional', referrer: { name: 'Dana Reyes' } },
  child: { name: 'Amir Haddad', dateOfBirth: '2018-05-14' },
  household: [{ name: 'Leila Haddad', relationship: 'mother' }],
  concern: 'Absent a lot; his mother is unwell.',
  reasons: ['persistent-absence'],
};
const dana = (platform: TestPlatform) => platform.as('dana', 'practitioner', 'fenbank-primary');
const manager = (platform: TestPlatform, user: string) => platform.as(user, 'manager', 'council', 'operation');
const at = (subjectId: string, service = 'referral') => `/api/${service}/operation/erasures/${subjectId}`;

/** A case of one contact, which triage ended with no further action. */
const aCase = async (platform: TestPlatform) => {
  const made = await dana(platform).post('/api/referral/contacts', contact);
  expect(made.status).toBe(201);
  await platform.settled();
  const officer = platform.as('tariq', 'triage-officer', 'mash');
  const path = `/api/referral/contacts/${made.body.id}`;
  expect((await officer.post(`${path}/triage`, { outcome: 'no-further-action', rationale: 'All is well.' })).status).toBe(200);
  await platform.settled();
  const { child, household } = (await officer.get(path)).body;
  return { caseId: String(made.body.caseId), childId: String(child.personId), motherId: String(household[0].personId) };
};
const erase = async (platform: TestPlatform, subjectId: string, key: Record<string, string> = {}) => {
  expect((await manager(platform, 'mona').post(`${at(subjectId)}/request`, {})).status).toBe(200);
  expect((await manager(platform, 'nadia').post(`${at(subjectId)}/confirm`, {}, key)).status).toBe(200);
  await until(async () => (await platform.platform.engines.keys.find(subjectId)) === platform.platform.engines.keys.peek(subjectId));
  await platform.settled();
};
const until = async (holds: () => Promise<boolean>) => {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 400) throw new Error('it does not come about');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
/** Every statistic of the record, by the streams that they have for themselves. */
const statisticsIn = async (store: EventStore): Promise<readonly Recorded[]> =>
  (await collect(store.readAll('start', { filter: { streamPrefixes: [`${statistic.name}-`] } }))) as Recorded[];
const countedIn = async (platform: TestPlatform, many: number) => {
  await until(async () => (await statisticsIn(platform.platform.engines.store)).length >= many);
  const events = await statisticsIn(platform.platform.engines.store);
  expect(events).toHaveLength(many);
  return events;
};
const shown = async (platform: TestPlatform) => (await manager(platform, 'mona').get('/api/reporting/overview/erased')).body.quarters;

const erasedCase = {
  ...{ authority: 'peterborough', year: 2026, quarter: 'Q1', ageBands: ['5-9'], outcome: 'no-further-action', closedBecause: null },
  ...{ deadlinesMet: 'none', deadlinesMissed: 'none', meetings: 'none' },
};

describe('what was erased stays countable', () => {
  let platform: TestPlatform;
  afterEach(() => platform.stop());
  const start = async () => (platform = await testPlatform(services, { now }));

  it('B3 a case is counted once, in bands, also when the confirmation is sent twice', async () => {
    await start();
    const { caseId } = await aCase(platform);
    expect(await shown(platform)).toEqual([]);
    await erase(platform, caseId, { 'idempotency-key': 'confirm' });
    await manager(platform, 'nadia').post(`${at(caseId)}/confirm`, {}, { 'idempotency-key': 'confirm' });
    await manager(platform, 'nadia').post(`${at(caseId)}/confirm`, {});
    const [counted] = await countedIn(platform, 1);
    expect(counted).toMatchObject({
      type: 'platform.ErasedCaseCounted.v1',
      caseId: null,
      actor: { user: 'waymark' },
      purpose: 'statistics',
    });
    expect(counted?.data).toEqual(erasedCase);
    expect(await shown(platform)).toEqual([
      {
        ...{ authority: 'peterborough', year: 2026, quarter: 'Q1', cases: 1, children: 1 },
        ...{ byAgeBand: [{ is: '5-9', many: 1 }], byOutcome: [{ is: 'no-further-action', many: 1 }], byReasonOfClosing: [] },
        byDeadlinesMet: [{ is: 'none', many: 1 }],
        byDeadlinesMissed: [{ is: 'none', many: 1 }],
        byMeetings: [{ is: 'none', many: 1 }],
      },
    ]);
  });

  it('B3 a statistic holds no id, name or day of what was erased, and no id leads to it', async () => {
    await start();
    const { caseId, childId, motherId } = await aCase(platform);
    const { store } = platform.platform.engines;
    const ofTheCase = (await collect(store.readAll('start', { filter: { caseId: caseId as never } }))) as Recorded[];
    await erase(platform, caseId);
    const [counted] = await countedIn(platform, 1);
    const ofTheErasure = (await collect(store.read(`platform.erasure-${caseId}`))) as Recorded[];
    const known = [caseId, childId, motherId, ...[...ofTheCase, ...ofTheErasure].flatMap(idsIn)];
    expect(known.length).toBeGreaterThan(20);
    const text = JSON.stringify(counted);
    expect(known.filter((id) => text.includes(id))).toEqual([]);
    expect(JSON.stringify(counted?.data)).not.toMatch(/Amir|Haddad|2018|-0\d-|\d{4}-\d\d/);
    // On its way it was sealed for itself alone, and that key is gone.
    expect(ofTheErasure.find(({ type }) => type === 'platform.StatisticSetAside.v1')?.data).toMatchObject({ statistic: { erased: true } });
    // The control: the search finds what is there to be found.
    const confirmed = JSON.stringify(ofTheErasure.at(-1));
    expect(known.filter((id) => confirmed.includes(id))).toContain(caseId);
  });

  it('B3 a child is counted once: on their own, and not again with their case; or with their case, and not again', async () => {
    await start();
    const first = await aCase(platform);
    await erase(platform, first.childId);
    const [child] = await countedIn(platform, 1);
    expect(child?.data).toEqual({ authority: 'peterborough', year: 2026, quarter: 'Q1', ageBand: '5-9' });
    await erase(platform, first.caseId);
    expect((await countedIn(platform, 2))[1]?.data).toEqual({ ...erasedCase, ageBands: [] });
    const second = await aCase(platform);
    await erase(platform, second.caseId);
    expect((await countedIn(platform, 3))[2]?.data).toEqual(erasedCase);
    await erase(platform, second.childId);
    await erase(platform, second.motherId);
    await countedIn(platform, 3);
    expect(await shown(platform)).toMatchObject([{ cases: 2, children: 2, byAgeBand: [{ is: '5-9', many: 2 }] }]);
  });

  it('B3 nothing is counted without an erasure: not when one is asked for, refused or withdrawn', async () => {
    await start();
    const { caseId } = await aCase(platform);
    expect((await manager(platform, 'nadia').post(`${at(caseId)}/confirm`, {})).status).toBe(404);
    await manager(platform, 'mona').post(`${at(caseId)}/request`, {});
    expect((await manager(platform, 'mona').post(`${at(caseId)}/confirm`, {})).status).toBe(403);
    expect((await manager(platform, 'nadia').post(`${at(caseId)}/withdraw`, {})).status).toBe(200);
    await platform.settled();
    await countedIn(platform, 0);
    expect(await shown(platform)).toEqual([]);
  });

  it('B3 B9 while the keys are away an erasure is not confirmed: 503, with nothing recorded, and counted once they are back', async () => {
    await start();
    const { caseId } = await aCase(platform);
    const { keys, store } = platform.platform.engines;
    await manager(platform, 'mona').post(`${at(caseId)}/request`, {});
    const head = await store.head();
    const away = jest.spyOn(keys, 'provide').mockRejectedValue(new KeysUnavailable('the keys cannot be asked for now', 'unreachable'));
    expect(await manager(platform, 'nadia').post(`${at(caseId)}/confirm`, {})).toMatchObject({ status: 503 });
    expect(await store.head()).toBe(head);
    away.mockRestore();
    expect(await manager(platform, 'nadia').post(`${at(caseId)}/confirm`, {})).toMatchObject({ status: 200 });
    await countedIn(platform, 1);
  });

  it('B3 ACC-01 the counts are for those who operate and for auditors', async () => {
    await start();
    const path = '/api/reporting/overview/erased';
    expect((await platform.as('ada', 'auditor', 'council', 'audit').get(path)).status).toBe(200);
    for (const by of [dana(platform), platform.as('pat', 'public', 'nobody'), platform.as('hana', 'hub-coordinator', 'early-help-hub')])
      expect((await by.get(path)).status).toBe(403);
  });

  it('B3 a process that does not read the whole record confirms no erasure, and says where it is confirmed', async () => {
    platform = await testPlatform(
      services.filter(({ name }) => name !== 'reporting'),
      { now },
    );
    const { caseId } = await aCase(platform);
    await manager(platform, 'mona').post(`${at(caseId)}/request`, {});
    expect(await manager(platform, 'nadia').post(`${at(caseId)}/confirm`, {})).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining(at(caseId, 'reporting')) },
    });
    expect((await manager(platform, 'nadia').get(at(caseId))).body.status).toBe('requested');
  });
});

describe('an erasure that several processes on one record follow at once', () => {
  it('B3 is counted once', async () => {
    const clock = { now: () => new Date(now).toISOString() as Instant };
    const [log, keys] = [memoryEventLog({ clock }), memoryKeyStore(randomBytes)];
    const open = () =>
      testPlatform(services, {
        now,
        engines: (vocabulary) =>
          enginesOf(
            {
              ...{ log, keys, accessLog: memoryEventLog({ clock }), readModels: new MemoryReadModelStore() },
              ...{ bus: new MemoryBus({ contracts: vocabulary.contracts }), idempotency: memoryIdempotencyStore() },
            },
            vocabulary,
          ),
      });
    const [here, there, third] = [await open(), await open(), await open()];
    const { caseId } = await aCase(here);
    await erase(here, caseId);
    await Promise.all([here, there, third].map((platform) => platform.settled()));
    const [counted] = await countedIn(there, 1);
    expect(counted?.data).toEqual(erasedCase);
    await Promise.all([here, there, third].map((platform) => platform.stop()));
  });
});

describe('a kill between an erasure and its count', () => {
  const root = mkdtempSync(join(tmpdir(), 'waymark-counted-'));
  afterAll(() => rmSync(root, { recursive: true }));
  const folders = { dataFolder: root, keysFolder: join(root, 'keys') };
  const open = () => testPlatform(services, { now, engines: (vocabulary, clock) => embeddedEngines(folders, vocabulary, clock) });

  it('B3 leaves it counted once: killed before the statistic is recorded, and before its key is destroyed', async () => {
    const first = await open();
    const { caseId } = await aCase(first);
    await manager(first, 'mona').post(`${at(caseId)}/request`, {});
    const setAside = await first.platform.counting.setAside(caseId as Uuid);
    await first.stop();

    // A process that is gone once the erasure is confirmed: nothing that follows it ran.
    const clock = { now: () => new Date(now).toISOString() as Instant };
    const engines = await embeddedEngines(folders, vocabularyOf(services), clock);
    const runner = aggregates({ store: engines.store, clock, ids: { next: () => randomUUID() } });
    const id = derivedId('confirm');
    const actor = { user: 'nadia' as UserId, role: 'manager', organisation: 'council' as OrganisationId } as const;
    const meta = { commandId: id, correlationId: id, causationId: id, actor, purpose: 'operation' } as const;
    const command = {
      kind: 'ConfirmErasure' as const,
      caseId: null,
      subjectId: caseId as Uuid,
      authority: null,
      setAside,
    };
    expect(await runner.handle(erasure, caseId, command, { meta, pack: { id: 'platform', version: '1' } })).toMatchObject({
      outcome: 'accepted',
    });
    expect(await statisticsIn(engines.store)).toEqual([]);
    await engines.close();

    // One that dies after the statistic is recorded, and before the key of its way is destroyed.
    const doomed = await embeddedEngines(folders, vocabularyOf(services), clock);
    const destroy = jest.spyOn(doomed.keys, 'destroy').mockImplementation((subject) => {
      if (subject === setAside?.setAsideId) throw new Error('killed');
      return Promise.resolve();
    });
    await expect(testPlatform(services, { now, engines: () => doomed })).rejects.toThrow('killed');
    expect(destroy).toHaveBeenCalledWith(String(setAside?.setAsideId));

    for (const _ of ['the next start', 'and one more']) {
      const again = await open();
      const [counted] = await countedIn(again, 1);
      expect(counted?.data).toEqual(erasedCase);
      expect(await again.platform.engines.keys.find(String(setAside?.setAsideId))).toBe(again.platform.engines.keys.peek(caseId));
      await again.stop();
    }
  });
});

const idsIn = (value: unknown): readonly string[] => [...JSON.stringify(value).matchAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g)].map(([id]) => id);
