import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { aggregates, collect, memoryEventLog, type EventLog, type Recorded } from '@waymark/event-store';
import { derivedId, type Instant, type OrganisationId, type UserId, type Uuid } from '@waymark/kernel';
import { DESTROYED, memoryKeyStore, type DataKey, type Destroyed, type KeyStore } from '@waymark/keys';
import { MemoryBus } from '@waymark/messaging';
import {
  embeddedEngines,
  enginesOf,
  erasure,
  memoryIdempotencyStore,
  StatisticSetAside,
  testPlatform,
  vocabularyOf,
  type TestPlatform,
} from '@waymark/nest';
import { MemoryReadModelStore } from '@waymark/read-model';
import { services } from '../src/services.js';

const now = '2026-03-02T09:15:00Z';
const name = 'Amir Haddad';
const contact = {
  authority: 'peterborough',
  source: { kind: 'professional', referrer: { name: 'Dana Reyes' } },
  child: { name, dateOfBirth: '2018-05-14' },
  household: [{ name: 'Leila Haddad', relationship: 'mother' }],
  concern: 'Absent a lot; his mother is unwell.',
  reasons: ['persistent-absence'],
};
const triage = (platform: TestPlatform) => platform.as('tariq', 'triage-officer', 'mash');
const manager = (platform: TestPlatform, user: string, purpose = 'operation') => platform.as(user, 'manager', 'council', purpose);
const erasures = (subjectId: string) => `/api/referral/operation/erasures/${subjectId}`;
const aContact = async (platform: TestPlatform, key = 'the-contact') => {
  const made = await platform
    .as('dana', 'practitioner', 'fenbank-primary')
    .post('/api/referral/contacts', contact, { 'idempotency-key': key });
  expect(made.status).toBe(201);
  await platform.settled();
  const path = `/api/referral/contacts/${made.body.id}`;
  const shown = await triage(platform).get(path);
  expect(shown.body.child.name).toBe(name);
  return { path, personId: String(shown.body.child.personId), caseId: String(made.body.caseId) };
};
const erase = async (platform: TestPlatform, subjectId: string) => {
  expect(await manager(platform, 'mona').post(`${erasures(subjectId)}/request`, {})).toMatchObject({
    status: 200,
    body: { status: 'requested' },
  });
  expect(await manager(platform, 'nadia').post(`${erasures(subjectId)}/confirm`, {})).toMatchObject({
    status: 200,
    body: { status: 'confirmed' },
  });
};
const until = async (holds: () => Promise<boolean>) => {
  for (let tries = 0; !(await holds()); tries += 1) {
    if (tries > 200) throw new Error('it does not come about');
    await after(25);
  }
};

/** A process's own keys at hand over keys that it shares, as with a database: what another destroyed stays at hand here. */
const ownKeys = (shared: KeyStore): KeyStore => {
  const atHand = new Map<string, DataKey | Destroyed>();
  const keep = (subject: string, key: DataKey | Destroyed | undefined) => {
    if (key !== undefined) atHand.set(subject, key);
    return key;
  };
  return {
    id: shared.id,
    peek: (subject) => atHand.get(subject),
    find: async (subject, generation) => atHand.get(subject) ?? keep(subject, await shared.find(subject, generation)),
    provide: async (subjects) => {
      const keys = await shared.provide(subjects);
      for (const [subject, key] of keys) keep(subject, key);
      return keys;
    },
    replace: (subject) => shared.replace(subject),
    destroy: async (subject) => {
      await shared.destroy(subject);
      keep(subject, await shared.find(subject));
    },
    close: () => Promise.resolve(),
  };
};

describe('an erasure', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await testPlatform(services, { now });
  });
  afterAll(() => platform.stop());

  it('B9 takes two managers, for the purpose operation, and whoever asked for it does not confirm it', async () => {
    const { personId, path } = await aContact(platform);
    const at = erasures(personId);
    expect(await manager(platform, 'mona').post(`${at}/confirm`, {})).toMatchObject({ status: 404 });
    expect(await manager(platform, 'mona', 'early-help').post(`${at}/request`, {})).toMatchObject({ status: 403 });
    expect(await platform.as('sam', 'support-officer', 'council', 'operation').post(`${at}/request`, {})).toMatchObject({ status: 403 });
    expect(await platform.as('dana', 'practitioner', 'fenbank-primary').post(`${at}/request`, {})).toMatchObject({ status: 403 });
    expect(await manager(platform, 'mona').post(`${at}/request`, {})).toMatchObject({ status: 200, body: { status: 'requested' } });
    expect(await manager(platform, 'mona').post(`${at}/request`, {})).toMatchObject({ status: 409 });
    for (const same of [manager(platform, 'mona'), platform.as('mona', 'manager', 'city-council', 'operation')])
      expect(await same.post(`${at}/confirm`, {})).toMatchObject({ status: 403 });
    expect(await manager(platform, 'nadia').post(`${at}/withdraw`, {})).toMatchObject({ status: 200, body: { status: 'none' } });
    expect((await triage(platform).get(path)).body.child.name).toBe(name);
    await erase(platform, personId);
    expect(await manager(platform, 'nadia').post(`${at}/confirm`, {})).toMatchObject({ status: 409 });
    expect(await manager(platform, 'mona').get(at)).toMatchObject({ status: 200, body: { status: 'confirmed' } });
    expect(await manager(platform, 'mona').post(`${erasures('waymark:request-fingerprints')}/request`, {})).toMatchObject({ status: 404 });
  });

  it('B9 ACC-01 of a case is for managers of its own authority, and of nobody who is no body of any', async () => {
    const made = await platform
      .as('dana', 'practitioner', 'fenbank-primary')
      .post('/api/referral/contacts', { ...contact, child: { name: 'Another Child' } });
    const by = (organisation: string, user = 'mona') => platform.as(user, 'manager', organisation, 'operation');
    for (const service of ['referral', 'planning']) {
      const at = `/api/${service}/operation/erasures/${made.body.caseId}`;
      for (const other of ['county-council', 'fenbank-primary'])
        expect([service, other, (await by(other).post(`${at}/request`, {})).status]).toEqual([service, other, 403]);
    }
    const at = erasures(made.body.caseId);
    expect((await by('county-council').post(`${at}/request`, {})).body.detail).toContain('another authority');
    expect(await by('city-council').post(`${at}/request`, {})).toMatchObject({ status: 200 });
    for (const other of ['confirm', 'withdraw'])
      expect(await by('county-council', 'nadia').post(`${at}/${other}`, {})).toMatchObject({ status: 403 });
    expect(await by('council', 'nadia').post(`${at}/withdraw`, {})).toMatchObject({ status: 200 });
  });

  it('B9 ACC-01 a child of a case is erased by a manager of its authority, as far as the count knows it', async () => {
    const { personId } = await aContact(platform, 'the-child-of-an-authority');
    const by = (organisation: string) => platform.as('nadia', 'manager', organisation, 'operation');
    expect((await manager(platform, 'mona').post(`${erasures(personId)}/request`, {})).status).toBe(200);
    const refused = await by('county-council').post(`${erasures(personId)}/confirm`, {});
    expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('another authority')]);
    expect((await by('council').post(`${erasures(personId)}/confirm`, {})).status).toBe(200);
  });

  it('B9 ACC-01 nobody asks for one while it cannot be told under which authority it is: 503, with nothing recorded', async () => {
    const { caseId, personId } = await aContact(platform, 'the-case-behind');
    const { reactions, engines } = platform.platform;
    const head = await engines.store.head();
    const behind = jest.spyOn(reactions, 'catchUp').mockResolvedValue(false);
    for (const step of ['request', 'confirm', 'withdraw'])
      expect((await manager(platform, 'mona').post(`${erasures(caseId)}/${step}`, {})).status).toBe(503);
    behind.mockRestore();
    expect(await engines.store.head()).toBe(head);
    await erase(platform, caseId);
    await erase(platform, personId);
  });

  it('B9 B3 nobody’s record is read for a count that is refused', async () => {
    const { personId } = await aContact(platform, 'the-uncounted');
    const count = jest.spyOn(platform.platform.counting, 'setAside');
    const at = `${erasures(personId)}/confirm`;
    expect((await manager(platform, 'nadia').post(at, {})).status).toBe(404);
    expect((await manager(platform, 'mona').post(`${erasures(personId)}/request`, {})).status).toBe(200);
    expect((await platform.as('sam', 'support-officer', 'council', 'operation').post(at, {})).status).toBe(403);
    expect((await manager(platform, 'mona').post(at, {})).status).toBe(403);
    expect(count).not.toHaveBeenCalled();
    expect((await manager(platform, 'nadia').post(at, {})).status).toBe(200);
    expect(count).toHaveBeenCalledTimes(1);
    count.mockRestore();
  });

  it('ACC-02 B9 each step stands in the access log, for the purpose operation, with whom it concerned', async () => {
    const { personId } = await aContact(platform, 'the-logged-contact');
    const at = erasures(personId);
    const mona = manager(platform, 'mona');
    await manager(platform, 'mona', 'early-help').post(`${at}/request`, {});
    for (const step of ['request', 'withdraw']) expect(await mona.post(`${at}/${step}`, {})).toMatchObject({ status: 200 });
    await mona.get(at);
    await mona.post(`/api/referral/operation/keys/subjects/${personId}/replace`, {});
    await mona.post('/api/referral/operation/parked/referral.inbox/not-an-id/replay', {});
    const log = (await collect(platform.platform.engines.access.readAll('start'))) as readonly Recorded[];
    const logged = log
      .filter(({ actor }) => actor.user === 'mona')
      .map(({ purpose, data }) => ({ purpose, ...(data as { action: string; record: string | null; outcome: string }) }))
      .slice(-6)
      .map(({ purpose, action, record, outcome }) => [outcome, action, purpose, record]);
    expect(logged).toEqual([
      ['denied', 'platform.operate', 'early-help', personId],
      ['allowed', 'platform.operate', 'operation', personId],
      ['allowed', 'platform.operate', 'operation', personId],
      ['allowed', 'parked.read', 'operation', personId],
      ['allowed', 'platform.operate', 'operation', personId],
      // What is no id of a person or a case is not written into the log.
      ['allowed', 'platform.operate', 'operation', null],
    ]);
    await erase(platform, personId);
  });

  it('B9 leaves no name in any answer, list or remembered answer, and takes nobody else’s data along', async () => {
    await platform.settled();
    const made = await platform
      .as('dana', 'practitioner', 'fenbank-primary')
      .post('/api/referral/contacts', contact, { 'idempotency-key': 'another' });
    await platform.settled();
    const path = `/api/referral/contacts/${made.body.id}`;
    const before = await triage(platform).get(path);
    const { body: listed } = await platform.platform.engines.readModels.find('reporting.case-list', {}).then((page) => ({ body: page }));
    expect(JSON.stringify(listed)).toContain(name);
    const commandId = derivedId('request', 'fenbank-primary', 'dana', 'practitioner', 'POST', '/api/referral/contacts', 'another');
    expect(await platform.platform.engines.idempotency.find(commandId)).toBeDefined();
    await erase(platform, before.body.child.personId);
    await erase(platform, made.body.caseId);
    await platform.settled();
    const shown = await triage(platform).get(path);
    expect(shown.body.child.name).toEqual({ erased: true });
    expect(JSON.stringify(shown.body)).not.toContain(name);
    expect(JSON.stringify(shown.body)).toContain('Leila Haddad');
    expect(JSON.stringify(await platform.platform.engines.readModels.find('reporting.case-list', {}))).not.toContain(name);
    expect(await platform.platform.engines.idempotency.find(commandId)).toBeUndefined();
    expect(await platform.platform.reactions.parked()).toEqual([]);
  });
});

describe('an erasure that one of two processes on one record confirms', () => {
  const clock = { now: () => new Date(now).toISOString() as Instant };
  const open = (log: EventLog, keys: KeyStore) =>
    testPlatform(services, {
      now,
      engines: (vocabulary) =>
        enginesOf(
          {
            ...{ log, accessLog: memoryEventLog({ clock }), keys },
            readModels: new MemoryReadModelStore(),
            bus: new MemoryBus({ contracts: vocabulary.contracts }),
            idempotency: memoryIdempotencyStore(),
          },
          vocabulary,
        ),
    });

  it('B9 is followed by the other: what it folded, its keys at hand and its lists no longer hold the name', async () => {
    const [log, shared] = [memoryEventLog({ clock }), memoryKeyStore(randomBytes)];
    const [here, there] = [await open(log, ownKeys(shared)), await open(log, ownKeys(shared))];
    const { path, personId } = await aContact(here);
    await there.settled();
    expect((await triage(there).get(path)).body.child.name).toBe(name);
    await erase(here, personId);
    await until(async () => !JSON.stringify((await triage(there).get(path)).body).includes(name));
    await there.settled();
    expect((await triage(there).get(path)).body.child.name).toEqual({ erased: true });
    expect(JSON.stringify(await there.platform.engines.readModels.find('reporting.case-list', {}))).not.toContain(name);
    expect(there.platform.engines.keys.peek(personId)).toBe(DESTROYED);
    await Promise.all([here.stop(), there.stop()]);
  });
});

describe('an erasure in files', () => {
  let root: string;
  let folders: { readonly dataFolder: string; readonly keysFolder: string };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'waymark-erasure-'));
    folders = { dataFolder: root, keysFolder: join(root, 'keys') };
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const open = () => testPlatform(services, { now, engines: (vocabulary, clock) => embeddedEngines(folders, vocabulary, clock) });
  const bytes = () =>
    Buffer.concat(
      readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
    );

  it('B9 takes effect after a crash between the event and its effects, leaves the name in no file, and is done again over keys of an older backup', async () => {
    const first = await open();
    const { path, personId } = await aContact(first);
    await first.stop();
    expect(bytes().includes(name)).toBe(true);
    const keysBefore = readFileSync(join(root, 'keys', 'keys.db'));

    // A process that is gone once the event is recorded: nothing that follows it ran.
    const clock = { now: () => new Date(now).toISOString() as Instant };
    const engines = await embeddedEngines(folders, vocabularyOf(services), clock);
    const runner = aggregates({ store: engines.store, clock, ids: { next: () => randomUUID() } });
    for (const [kind, user] of [
      ['RequestErasure', 'mona'],
      ['ConfirmErasure', 'nadia'],
    ] as const) {
      const id = derivedId(kind);
      const actor = { user: user as UserId, role: 'manager', organisation: 'council' as OrganisationId } as const;
      const meta = { commandId: id, correlationId: id, causationId: id, actor, purpose: 'operation' } as const;
      const command = { kind, caseId: null, subjectId: personId as Uuid, authority: null, setAside: null };
      expect(await runner.handle(erasure, personId, command, { meta, pack: { id: 'platform', version: '1' } })).toMatchObject({
        outcome: 'accepted',
      });
    }
    await engines.close();
    expect(bytes().includes(name)).toBe(true);

    for (const restored of [undefined, keysBefore]) {
      if (restored) writeFileSync(join(root, 'keys', 'keys.db'), restored);
      const again = await open();
      await again.settled();
      expect((await triage(again).get(path)).body.child.name).toEqual({ erased: true });
      await again.stop();
      expect(bytes().includes(name)).toBe(false);
    }
  });

  it('B9 B3 that two managers made is done again over keys of an older backup, which have no key of what was set aside to be counted', async () => {
    const first = await open();
    const { path, personId, caseId } = await aContact(first);
    await first.stop();
    const keysBefore = readFileSync(join(root, 'keys', 'keys.db'));

    const second = await open();
    for (const subjectId of [personId, caseId]) await erase(second, subjectId);
    await second.settled();
    const setAside = await collect(second.platform.engines.store.readAll('start', { filter: { typePrefixes: [StatisticSetAside.type] } }));
    expect(setAside).toHaveLength(2);
    await second.stop();

    writeFileSync(join(root, 'keys', 'keys.db'), keysBefore);
    const again = await open();
    await again.settled();
    for (const subjectId of [personId, caseId]) {
      expect(await again.platform.engines.keys.find(subjectId)).toBe(DESTROYED);
      expect(await manager(again, 'mona').get(erasures(subjectId))).toMatchObject({ status: 200, body: { status: 'confirmed' } });
    }
    expect((await triage(again).get(path)).body.child.name).toEqual({ erased: true });
    // What was delivered before stays counted, once.
    const counted = await collect(again.platform.engines.store.readAll('start', { filter: { streamPrefixes: ['platform.statistic-'] } }));
    expect(counted).toHaveLength(2);
    await again.stop();
    expect(bytes().includes(name)).toBe(false);
  });
});
