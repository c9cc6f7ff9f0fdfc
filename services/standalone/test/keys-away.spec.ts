import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { memoryEventLog } from '@waymark/event-store';
import { KeysUnavailable, memoryKeyStore, type KeyStore } from '@waymark/keys';
import { MemoryBus } from '@waymark/messaging';
import { enginesOf, memoryIdempotencyStore, testPlatform, type TestPlatform } from '@waymark/nest';
import { MemoryReadModelStore } from '@waymark/read-model';
import { services } from '../src/services.js';

const now = '2026-03-02T09:15:00Z';
const contact = {
  authority: 'peterborough',
  source: { kind: 'professional', referrer: { name: 'Dana Reyes' } },
  child: { name: 'Amir Haddad', dateOfBirth: '2018-05-14' },
  household: [{ name: 'Leila Haddad', relationship: 'mother' }],
  concern: 'Absent a lot; his mother is unwell.',
  reasons: ['persistent-absence'],
};

/** A key store beyond a network that can be cut. */
const beyond = (keys: KeyStore, network: { isCut: boolean }): KeyStore => {
  const over = <T>(work: () => Promise<T>): Promise<T> =>
    network.isCut ? Promise.reject(new KeysUnavailable('the keys cannot be asked for now', 'unreachable')) : work();
  return {
    id: keys.id,
    peek: () => undefined,
    find: (subject, generation) => over(() => keys.find(subject, generation)),
    provide: (subjects) => over(() => keys.provide(subjects)),
    replace: (subject) => over(() => keys.replace(subject)),
    destroy: (subject) => over(() => keys.destroy(subject)),
    close: () => Promise.resolve(),
  };
};

describe('a key store that is away, for one process of two on one record', () => {
  const clock = { now: () => new Date(now).toISOString() as never };
  const [log, keys, network] = [memoryEventLog({ clock }), memoryKeyStore(randomBytes), { isCut: false }];
  let there: TestPlatform;
  let here: TestPlatform;
  const open = (own: KeyStore) =>
    testPlatform(services, {
      now,
      engines: (vocabulary) =>
        enginesOf(
          {
            log,
            accessLog: memoryEventLog({ clock }),
            keys: own,
            readModels: new MemoryReadModelStore(),
            bus: new MemoryBus({ contracts: vocabulary.contracts }),
            idempotency: memoryIdempotencyStore(),
          },
          vocabulary,
        ),
    });
  beforeAll(async () => {
    there = await open(beyond(keys, { isCut: false }));
    here = await open(beyond(keys, network));
  });
  afterAll(async () => {
    await here.stop();
    await there.stop();
  });
  const triage = (platform: TestPlatform) => platform.as('tariq', 'triage-officer', 'mash');

  it('B9 reads answer 503 with a reason and when to come back, commands too, and no reaction parks anything', async () => {
    network.isCut = true;
    const { body } = await there.as('dana', 'practitioner', 'fenbank-primary').post('/api/referral/contacts', contact);
    const path = `/api/referral/contacts/${body.id}`;
    const away = { status: 503, headers: { 'retry-after': '5' }, body: { type: 'urn:waymark:problem:unavailable' } };
    for (const answer of [
      await triage(here).get(path),
      await here.as('ada', 'auditor', 'council', 'audit').get(`/api/reporting/cases/${body.caseId}/chronology`),
      await triage(here).post(`${path}/triage`, { outcome: 'early-help-hub-enquiry', rationale: 'Several needs.' }),
      await here.as('dana', 'practitioner', 'fenbank-primary').post('/api/referral/contacts', contact),
    ]) {
      expect(answer).toMatchObject(away);
      expect(answer.body.detail).toContain('keys');
    }
    await there.settled();
    expect(here.platform.reactions.status().some(({ lastError }) => lastError === 'KeysUnavailable')).toBe(true);
    expect(await here.platform.reactions.parked()).toEqual([]);

    network.isCut = false;
    await here.settled();
    expect(await here.platform.reactions.parked()).toEqual([]);
    expect((await triage(here).get(path)).body.child.name).toBe('Amir Haddad');
  });
});
