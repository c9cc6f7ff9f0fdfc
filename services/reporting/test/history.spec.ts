import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CaseId } from '@waymark/kernel';
import * as assessment from '@waymark/assessment-domain';
import { AssessmentOpened, OtherParentRecorded } from '@waymark/assessment-domain';
import * as planning from '@waymark/planning-domain';
import { episodeEvents } from '@waymark/planning-domain';
import * as referral from '@waymark/referral-domain';
import { contact } from '@waymark/referral-domain';
import * as targetedSupport from '@waymark/targeted-support-domain';
import { RequestWithdrawn } from '@waymark/targeted-support-domain';
import { aCase, dana, idOf } from '@waymark/testing';
import { aggregatesIn } from '../src/history/domain-catalogue.js';
import { acknowledged, amir, auditor, contactId, contactStream, deadline, received, tom, triaged, world, type World } from './world.js';

const chronologyOf = `/api/reporting/cases/${aCase}/chronology`;
const stateOf = `/api/reporting/cases/${aCase}/state`;

let on: World;
beforeEach(async () => {
  on = await world();
  await on.happened(contactStream, received());
  await on.happened(contactStream, acknowledged());
  await on.setClock('2026-03-02T14:00:00Z');
  await on.happened(contactStream, triaged(), { who: tom });
});
afterEach(() => on.stop());

const get = (path: string) => auditor(on).get(path);

describe('the chronology over HTTP', () => {
  it('is told also where no service runs here that wrote it', async () => {
    await on.stop();
    on = await world({ alone: true });
    await on.happened(contactStream, received());
    await on.happened(contactStream, acknowledged());
    await on.settled();
    expect((await get(chronologyOf)).body.items.map(({ readable }: any) => readable)).toEqual([true, true]);
    expect((await get('/api/reporting/cases')).body.items).toMatchObject([{ reference: 'PB-4F7K-2M9Q' }]);
  });

  it('GEN-01 tells every event, by whom, for whom, why and under which policy', async () => {
    const { status, body } = await get(chronologyOf);
    expect(status).toBe(200);
    expect(body.items.map(({ version, type }: any) => [version, type])).toEqual([
      [1, 'referral.ContactReceived.v1'],
      [2, 'referral.ContactAcknowledged.v1'],
      [3, 'referral.ContactTriaged.v1'],
    ]);
    expect(body.items[0].tells).toContain('made a contact about Amir Haddad');
    expect(body.items[2]).toMatchObject({
      who: tom,
      why: 'His mother is unwell.',
      late: false,
      policy: { pack: 'peterborough', version: '2025-06' },
    });
    expect(body.next).toBeUndefined();
  });

  it('pages without a gap and without a repeat', async () => {
    const versions: number[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const { body }: { body: any } = await get(`${chronologyOf}?limit=2${cursor && `&cursor=${cursor}`}`);
      versions.push(...body.items.map(({ version }: any) => version));
      cursor = body.next;
    }
    expect(versions).toEqual([1, 2, 3]);
  });

  it('GEN-02 as known before a late entry was recorded, the late entry is not there', async () => {
    await on.setClock('2026-04-20T09:00:00Z');
    await on.happened(contactStream, acknowledged(), { occurredAt: '2026-03-02T09:20:00Z' });
    const late = (await get(chronologyOf)).body.items.at(-1);
    expect(late).toMatchObject({ version: 4, late: true, occurredAt: '2026-03-02T09:20:00.000Z' });
    expect(late.recordedAt > '2026-04-20').toBe(true);
    expect((await get(`${chronologyOf}?asKnownAt=2026-04-19T23:59:59Z`)).body.items).toHaveLength(3);
    expect((await get(`${chronologyOf}?asKnownAt=2026-04-20T12:00:00%2B01:00`)).body.items).toHaveLength(4);
    expect((await get(`${chronologyOf}?to=2`)).body.items).toHaveLength(2);
  });

  it('of a case that nobody knew of at that moment is empty, and of no case at all is not found', async () => {
    expect((await get(`${chronologyOf}?asKnownAt=2026-01-01T00:00:00Z`)).body.items).toEqual([]);
    expect((await get(`/api/reporting/cases/${idOf<CaseId>('no such case')}/chronology`)).status).toBe(404);
    expect((await get('/api/reporting/cases/not-an-id/chronology')).status).toBe(404);
  });

  it.each([
    ['asKnownAt=yesterday', 'asKnownAt'],
    ['asKnownAt=2026-02-30T00:00:00Z', 'asKnownAt'],
    ['to=0', 'to'],
    ['to=many', 'to'],
    ['limit=201', 'limit'],
    ['cursor=made-up', 'cursor'],
    ['colour=red', 'colour'],
  ])('refuses ?%s and names the field', async (query, field) => {
    expect(await get(`${chronologyOf}?${query}`)).toMatchObject({ status: 400, body: { field } });
  });

  it('ACC-01 is shown to an auditor who audits, and to nobody for another purpose', async () => {
    expect((await on.as('ada', 'auditor', 'council', 'statistics').get(chronologyOf)).body).toMatchObject({ status: 403, rule: 'ACC-01' });
    expect((await on.as('pat', 'public', 'nobody').get(stateOf)).status).toBe(403);
    expect((await on.raw({ method: 'GET', url: chronologyOf })).status).toBe(401);
  });

  it('says (erased) once the keys of the family were destroyed, and stays whole', async () => {
    for (const subject of [amir, aCase]) await on.platform.engines.keys.destroy(subject);
    const { body } = await get(chronologyOf);
    expect(body.items).toHaveLength(3);
    expect(body.items[0]).toMatchObject({ erased: true, tells: expect.stringContaining('(erased)') });
    expect(body.items[1]).toMatchObject({ erased: false });
    expect(body.items[2]).toMatchObject({ erased: true, why: null });
    expect(JSON.stringify(body)).not.toContain('Amir');
    expect(JSON.stringify(body)).not.toContain('unwell');
  });
});

describe('the state of a case over HTTP', () => {
  it('is what the owning service itself loads', async () => {
    const { status, body, headers } = await get(stateOf);
    const owned = await on.platform.aggregates.load(contact, contactId);
    expect(status).toBe(200);
    expect(body).toEqual({
      caseId: aCase,
      version: 3,
      streams: [
        { stream: contactStream, aggregate: 'referral.contact', version: owned.version, state: JSON.parse(JSON.stringify(owned.state)) },
      ],
    });
    expect(headers['etag']).toBe('"3"');
  });

  it('is that for the aggregates of every context, deadlines and all', async () => {
    const episodeId = idOf('episode');
    const lead = { user: dana.user, organisation: dana.organisation };
    const evidence = { ledgerVersion: 0, takingPart: null, suspended: false, otherParents: [] };
    const due = deadline('TAF-01', '2026-05-01T22:59:59.999Z');
    await on.happened(`assessment.consent-${aCase}`, OtherParentRecorded({ personId: amir }));
    await on.happened(`assessment.family-${aCase}`, AssessmentOpened({ ehaId: idOf('eha'), leadProfessional: lead, evidence }));
    await on.happened(
      `planning.episode-${episodeId}`,
      episodeEvents.EpisodeOpened({ episodeId, ehaId: idOf('eha'), leadProfessional: lead }),
    );
    for (const event of [due.set, due.missed]) await on.happened(`planning.taf-${episodeId}`, event);
    await on.happened(
      `targeted-support.request-${idOf('request')}`,
      RequestWithdrawn({ requestId: idOf('request'), reasons: 'They moved.' }),
    );
    const { streams } = (await get(stateOf)).body;
    expect(streams).toHaveLength(6);
    for (const { stream, aggregate, version, state } of streams) {
      const owner = aggregatesIn(referral, assessment, planning, targetedSupport).find(({ name }) => name === aggregate);
      const owned = await on.platform.aggregates.load(owner as never, stream.slice(aggregate.length + 1));
      expect({ aggregate, version, state }).toEqual({ aggregate, version: owned.version, state: JSON.parse(JSON.stringify(owned.state)) });
    }
  });

  it('at a version is as it was then', async () => {
    expect((await get(`${stateOf}?version=2`)).body).toMatchObject({
      version: 2,
      streams: [{ version: 2, state: { status: 'received' } }],
    });
    expect((await get(`${stateOf}?version=3`)).body).toMatchObject({ version: 3, streams: [{ version: 3, state: { status: 'triaged' } }] });
  });

  it('as known at an instant is as it was known then', async () => {
    expect((await get(`${stateOf}?asKnownAt=2026-03-02T12:00:00Z`)).body.streams).toMatchObject([
      { version: 2, state: { status: 'received' } },
    ]);
    expect((await get(`${stateOf}?asKnownAt=2026-01-01T00:00:00Z`)).body).toMatchObject({ version: 0, streams: [] });
  });

  it('beyond its end is refused with the field, both conditions together too, and no case is not found', async () => {
    expect(await get(`${stateOf}?version=4`)).toMatchObject({ status: 422, body: { field: 'version', current: 3 } });
    expect(await get(`${stateOf}?version=2&asKnownAt=2026-03-02T12:00:00Z`)).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'version' }, { field: 'asKnownAt' }] },
    });
    expect((await get(`/api/reporting/cases/${idOf('no such case')}/state`)).status).toBe(404);
    expect((await get(`/api/reporting/cases/${idOf('no such case')}/state?version=1`)).status).toBe(404);
  });
});

describe('the replay of a case over HTTP', () => {
  const replay = `/api/reporting/cases/${aCase}/replay`;

  it('comes out the same both ways', async () => {
    expect((await get(replay)).body).toMatchObject({
      same: true,
      events: { fromLog: 3, fromStreams: 3 },
      streams: [{ versionFromLog: 3, versionFromStream: 3, same: true }],
    });
    expect((await get(`/api/reporting/cases/${idOf('no such case')}/replay`)).status).toBe(404);
  });

  it('would say so if the log and a stream did not hold the same', async () => {
    const { store } = on.platform.engines;
    const read = store.read.bind(store);
    store.read = async function* (stream, range) {
      for await (const page of read(stream, range)) yield page.slice(0, -1);
    };
    expect((await get(replay)).body).toMatchObject({
      same: false,
      streams: [{ same: false, differsAt: expect.arrayContaining(['version', 'state.status']) }],
    });
  });
});
