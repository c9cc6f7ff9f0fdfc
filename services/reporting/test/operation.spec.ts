import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aCase, idOf } from '@waymark/testing';
import { acknowledged, amir, auditor, contactStream, received, world, type World } from './world.js';

const list = 'reporting.case-list';
let on: World;
beforeEach(async () => {
  on = await world();
  await on.happened(contactStream, received());
  await on.settled();
});
afterEach(() => on.stop());

const officer = () => on.as('olga', 'support-officer', 'council', 'operation');
const rebuilt = async (name = list) => {
  for (;;) {
    const { body } = await officer().get(`/api/reporting/operation/projections/${name}/rebuild`);
    if (body.endedAt !== null) return body;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
};

describe('rebuilding a list', () => {
  it('purges what was erased, and the old list serves until the new one takes its place', async () => {
    await on.platform.engines.keys.destroy(amir);
    const shown = async () => (await auditor(on).get(`/api/reporting/cases/${aCase}`)).body.child.name;
    expect(await shown()).toBe('Amir Haddad');
    const { status, body } = await officer().post(`/api/reporting/operation/projections/${list}/rebuild`, {});
    expect(status).toBe(202);
    expect(body).toMatchObject({ projection: list, state: 'counting', done: 0, total: null, percent: null, endedAt: null });
    expect(await rebuilt()).toMatchObject({ state: 'done', done: 1, total: 1, percent: 100, failure: null });
    expect(await shown()).toEqual({ erased: true });
    expect((await auditor(on).post('/api/reporting/cases/search', { search: 'amir' })).body.items).toEqual([]);
    expect((await auditor(on).post('/api/reporting/cases/search', { search: 'leila' })).body.items).toHaveLength(1);
  });

  it('gives the same list when nothing was erased, and goes on from there', async () => {
    const before = (await auditor(on).get('/api/reporting/cases')).body;
    await officer().post(`/api/reporting/operation/projections/${list}/rebuild`, {});
    await rebuilt();
    expect((await auditor(on).get('/api/reporting/cases')).body).toEqual(before);
    await on.happened(contactStream, acknowledged('PB-NEW'));
    await on.settled();
    expect((await auditor(on).post('/api/reporting/cases/search', { search: 'pb-new' })).body.items).toHaveLength(1);
  });

  it('of a reaction that is no projection fails and says so', async () => {
    await officer().post('/api/reporting/operation/projections/reporting.relay/rebuild', {});
    expect(await rebuilt('reporting.relay')).toMatchObject({ state: 'failed', failure: expect.stringContaining('is no projection') });
  });

  it('is not started for what is no reaction, and has no progress before it was started', async () => {
    expect((await officer().post('/api/reporting/operation/projections/reporting.nothing/rebuild', {})).status).toBe(404);
    expect((await officer().get(`/api/reporting/operation/projections/${list}/rebuild`)).status).toBe(404);
  });
});

describe('the reactions', () => {
  it('are listed with how far they are', async () => {
    const { status, body } = await officer().get('/api/reporting/operation/reactions');
    expect(status).toBe(200);
    expect(body.items.every(({ name }: any) => name.startsWith('reporting.'))).toBe(true);
    const referral = await officer().get('/api/referral/operation/reactions');
    expect(referral.body.items.map(({ name }: any) => name)).toEqual(['referral.relay', 'referral.erasures']);
    expect(body.items.find(({ name }: any) => name === list)).toMatchObject({ reads: 'log', running: true, pending: 0, parkedCases: 0 });
  });

  it('show what they parked and why, and take it in again', async () => {
    const { readModels } = on.platform.engines;
    const write = readModels.write.bind(readModels);
    let broken = true;
    readModels.write = (batch) =>
      broken && batch.changes.some((change) => 'put' in change && change.in === list && change.put['reference'] === 'PB-BAD')
        ? Promise.reject(new TypeError('Amir Haddad is not a function'))
        : write(batch);
    await on.happened(contactStream, acknowledged('PB-BAD'));
    const parked = async () => (await officer().get('/api/reporting/operation/parked')).body.items;
    while ((await parked()).length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const [letter] = await parked();
    expect(letter).toMatchObject({ reaction: list, key: aCase, type: 'referral.ContactAcknowledged.v1', because: 'failed' });
    expect(JSON.stringify(letter)).not.toContain('Amir');
    broken = false;
    const { status, body } = await officer().post(`/api/reporting/operation/parked/${list}/${aCase}/replay`, {});
    expect([status, body]).toEqual([200, { replayed: 1, left: 0 }]);
    expect(await parked()).toEqual([]);
    expect((await auditor(on).get(`/api/reporting/cases/${aCase}`)).body.reference).toBe('PB-BAD');
  });

  it('are not operated by everybody', async () => {
    const practitioner = on.as('dana', 'practitioner', 'fenbank-primary');
    for (const path of ['operation/reactions', 'operation/parked', `operation/projections/${list}/rebuild`])
      expect((await practitioner.get(`/api/reporting/${path}`)).status).toBe(403);
    expect((await practitioner.post(`/api/reporting/operation/projections/${list}/rebuild`, {})).status).toBe(403);
    expect((await practitioner.post(`/api/reporting/operation/parked/${list}/${aCase}/replay`, {})).status).toBe(403);
    expect((await officer().post(`/api/referral/operation/parked/${list}/${aCase}/replay`, {})).status).toBe(404);
    expect((await officer().post(`/api/referral/operation/projections/${list}/rebuild`, {})).status).toBe(404);
    expect((await officer().post(`/api/reporting/operation/parked/reporting.nothing/${idOf('x')}/replay`, {})).status).toBe(404);
  });
});
