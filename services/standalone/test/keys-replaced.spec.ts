import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { derivedId } from '@waymark/kernel';
import { embeddedEngines, testPlatform } from '@waymark/nest';
import { services } from '../src/services.js';

const contact = {
  authority: 'peterborough',
  source: { kind: 'professional', referrer: { name: 'Dana Reyes' } },
  child: { name: 'Amir Haddad', dateOfBirth: '2018-05-14' },
  concern: 'Absent a lot.',
  reasons: ['persistent-absence'],
};

it('B9 a subject’s key and the master key are replaced by command while the platform runs, and the record stays readable', async () => {
  const root = mkdtempSync(join(tmpdir(), 'waymark-keys-replaced-'));
  const folders = { dataFolder: root, keysFolder: join(root, 'keys') };
  const open = () =>
    testPlatform(services, {
      now: '2026-03-02T09:15:00Z',
      engines: (vocabulary, clock) => embeddedEngines(folders, vocabulary, clock),
    });
  const platform = await open();
  const operator = platform.as('sam', 'support-officer', 'council', 'operation');
  const stranger = platform.as('dana', 'practitioner', 'fenbank-primary');
  const keys = '/api/referral/operation/keys';
  const made = await stranger.post('/api/referral/contacts', contact);
  const path = `/api/referral/contacts/${made.body.id}`;
  await platform.settled();
  const shown = await platform.as('tariq', 'triage-officer', 'mash').get(path);
  const { personId } = shown.body.child;

  expect(await stranger.post(`${keys}/subjects/${personId}/replace`, {})).toMatchObject({ status: 403 });
  expect(await stranger.post(`${keys}/master/replace`, {})).toMatchObject({ status: 403 });
  expect(await operator.post(`${keys}/subjects/${personId}/replace`, {})).toMatchObject({ status: 200, body: { generation: 2 } });
  expect(await operator.post(`${keys}/subjects/${derivedId('nobody')}/replace`, {})).toMatchObject({ status: 404 });

  expect(await operator.get(`${keys}/master`)).toMatchObject({ status: 200, body: { generation: 1, left: 0, done: true } });
  const begun = await operator.post(`${keys}/master/replace`, {});
  expect(begun).toMatchObject({ status: 202, body: { generation: 2, done: false } });
  expect(begun.body.left).toBeGreaterThan(2);
  for (let done = false, tries = 0; !done; tries += 1) {
    if (tries > 200) throw new Error('it is never done');
    await after(25);
    ({ done } = (await operator.get(`${keys}/master`)).body);
  }
  const { body } = await operator.get(`${keys}/master`);
  expect(body).toMatchObject({ left: 0, removable: [join(root, 'keys', 'master.key')] });
  await platform.stop();

  rmSync(join(root, 'keys', 'master.key'));
  const again = await open();
  const read = await again.as('tariq', 'triage-officer', 'mash').get(path);
  expect(read.body.child).toEqual(shown.body.child);
  await again.stop();
  rmSync(root, { recursive: true });
});
