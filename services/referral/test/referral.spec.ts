import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { collect } from '@waymark/event-store';
import { testPlatform, type TestPlatform } from '@waymark/nest';
import { referralService } from '../src/index.js';

const aboutAmir = {
  authority: 'peterborough',
  source: { kind: 'professional', referrer: { name: 'Dana Reyes' } },
  child: { name: 'Amir Haddad', dateOfBirth: '2018-05-14' },
  household: [{ name: 'Leila Haddad', relationship: 'mother' }],
  concern: 'Absent a lot; his mother is unwell.',
  reasons: ['persistent-absence'],
};

describe('referral over HTTP', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await testPlatform([referralService], { now: '2026-03-02T09:15:00Z' });
  });
  afterAll(() => platform.stop());

  const school = () => platform.as('dana', 'practitioner', 'fenbank-primary');
  const triage = () => platform.as('tariq', 'triage-officer', 'mash');
  const hub = () => platform.as('hana', 'hub-coordinator', 'early-help-hub');

  it('FD-01 FD-02 FD-06 FD-12 a contact is acknowledged, triaged, enquired into by the hub, and its maker is told', async () => {
    const made = await school().post('/api/referral/contacts', aboutAmir);
    expect(made).toMatchObject({
      status: 201,
      body: { version: 2, events: ['referral.ContactReceived.v1', 'referral.ContactAcknowledged.v1'] },
    });
    expect(made.headers['location']).toBe(`/api/referral/contacts/${made.body.id}`);
    expect(made.headers['etag']).toBe('"2"');

    const contact = `/api/referral/contacts/${made.body.id}`;
    const decision = { outcome: 'early-help-hub-enquiry', rationale: 'Several needs, no sign of significant harm.' };
    expect(await school().post(`${contact}/triage`, decision)).toMatchObject({ status: 403 });
    const triaged = await triage().post(`${contact}/triage`, decision, { ifMatch: '"2"' });
    expect(triaged).toMatchObject({ status: 200 });
    await platform.settled();

    const shown = await triage().get(contact);
    expect(shown.body).toMatchObject({ reference: expect.stringMatching(/^EH-/), status: 'triaged', child: { name: 'Amir Haddad' } });
    const enquiry = `/api/referral/hub-enquiries/${shown.body.triage.hubEnquiryId}`;
    expect((await hub().get(enquiry)).body).toMatchObject({ enquiry: { status: 'open' } });
    expect(await hub().post(`${enquiry}/decision`, { end: 'eha-recommended', rationale: 'The school knows him best.' })).toMatchObject({
      status: 422,
      body: { rule: 'FD-06' },
    });
    expect(
      await hub().post(`${enquiry}/decision`, {
        end: 'eha-recommended',
        agency: 'fenbank-primary',
        rationale: 'The school knows him best.',
      }),
    ).toMatchObject({ status: 200 });
    await platform.settled();
    expect((await school().get(contact)).body.referrerTold).toMatchObject({ nextStep: 'assessment-recommended' });
    expect(await platform.platform.reactions.parked()).toEqual([]);
  });

  it('FD-01 whoever has no part in a case that referral knows of is told that a contact goes without it, also where that cannot be known now', async () => {
    const { caseId } = (await school().post('/api/referral/contacts', aboutAmir)).body;
    const lead = platform.as('vera', 'lead-professional', 'city-health');
    const make = (body: object) => lead.post('/api/referral/contacts', body);
    const detail = expect.stringContaining('without caseId');
    expect(await make({ ...aboutAmir, caseId })).toMatchObject({ status: 403, body: { rule: 'ACC-01', detail } });
    const { reactions } = platform.platform;
    const { waitForReplica } = reactions;
    Object.assign(reactions, { waitForReplica: async () => false });
    const notYet = { type: 'urn:waymark:problem:not-yet', detail };
    expect(await make({ ...aboutAmir, caseId })).toMatchObject({ status: 503, headers: { 'retry-after': '2' }, body: notYet });
    expect(await make(aboutAmir)).toMatchObject({ status: 201 });
    Object.assign(reactions, { waitForReplica });
  });

  it('A7 a later contact that names another authority leaves the family where it is, in the lists as in the record', async () => {
    const made = await school().post('/api/referral/contacts', aboutAmir);
    const { caseId } = made.body;
    const later = await school().post('/api/referral/contacts', { ...aboutAmir, caseId, authority: 'cambridgeshire' });
    expect(later).toMatchObject({ status: 201, body: { caseId } });
    await platform.settled();
    const { items } = (await triage().get('/api/referral/contacts?limit=200')).body;
    const authorityOf = (wanted: string) => items.find(({ id }: { id: string }) => id === wanted)?.authority;
    expect([authorityOf(made.body.id), authorityOf(later.body.id)]).toEqual(['peterborough', 'peterborough']);
    const decision = { outcome: 'no-further-action', rationale: 'It is known already.' };
    await triage().post(`/api/referral/contacts/${later.body.id}/triage`, decision);
    const events = await collect(platform.platform.engines.store.read(`referral.contact-${later.body.id}`));
    expect(new Set(events.map(({ policy }) => policy.pack))).toEqual(new Set(['peterborough']));
    expect(events[0]?.data).toMatchObject({ authority: 'peterborough' });
  });

  it('A7 whoever names a case that nobody knows is told so, and nothing is guessed', async () => {
    const nobodys = '0192f0c4-0000-7000-8000-00000000dead';
    expect(await school().post('/api/referral/contacts', { ...aboutAmir, caseId: nobodys })).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('There is no case with this id') },
    });
  });

  it('FD-03 the 72 hours of a MASH enquiry run from the receipt, and a miss is recorded once', async () => {
    await platform.setClock('2026-03-09T08:00:00Z');
    const made = await school().post('/api/referral/contacts', { ...aboutAmir, occurredAt: '2026-03-09T08:00:00Z' });
    await platform.setClock('2026-03-09T20:00:00Z');
    const asked = await triage().post(`/api/referral/contacts/${made.body.id}/mash-enquiry`, {});
    expect(asked).toMatchObject({ status: 200 });
    await platform.settled();
    const { mashEnquiryId } = (await triage().get(`/api/referral/contacts/${made.body.id}`)).body;
    const enquiry = `/api/referral/mash-enquiries/${mashEnquiryId}`;
    expect((await triage().get(enquiry)).body.deadlines).toMatchObject([
      { rule: 'FD-03', dueAt: '2026-03-12T08:00:00.000Z', status: 'open' },
    ]);
    await platform.setClock('2026-03-12T07:59:00Z');
    expect((await triage().get(enquiry)).body.deadlines).toMatchObject([{ status: 'open' }]);
    await platform.setClock('2026-03-12T09:00:00Z');
    await platform.setClock('2026-03-12T07:00:00Z');
    await platform.setClock('2026-03-12T10:00:00Z');
    const after = (await triage().get(enquiry)).body;
    expect(after.deadlines).toMatchObject([{ status: 'missed' }]);
    const decided = await triage().post(`${enquiry}/decision`, { outcome: 'childrens-social-care', rationale: 'Harm is likely.' });
    expect(decided.body.events).not.toContain('referral.DeadlineMissed.v1');
    expect(decided.body.events).toContain('referral.DeadlineMet.v1');
  });

  it('lists what is still to be decided', async () => {
    await platform.settled();
    const list = await triage().get('/api/referral/contacts?status=triaged&limit=1');
    expect(list.status).toBe(200);
    expect(list.body.items).toHaveLength(1);
    expect(JSON.stringify(list.body)).not.toContain('Amir');
  });
});
