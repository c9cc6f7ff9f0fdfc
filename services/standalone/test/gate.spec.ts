import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StoreUnavailable, type Recorded } from '@waymark/event-store';
import { testPlatform, type Caller, type TestPlatform } from '@waymark/nest';
import { services } from '../src/services.js';
import { routesOf, type Document, type Route } from './fuzz/document.js';
import { familiesOf } from './fuzz/family.js';

// Every address of the API, asked by those who may not and by those who may, over a family whose help goes on.

let platform: TestPlatform;
let routes: readonly Route[];
let known: Readonly<Record<string, readonly string[]>>;
/** How long who is what to a case takes to get from the record to where the gate looks. */
let lagsMs = 0;
const lagging = services.map((service) => ({
  ...service,
  projections: service.projections.map((one) => ({
    ...one,
    project: async (...of: Parameters<typeof one.project>) => {
      if (one.name.endsWith('.relationships') && lagsMs > 0) await setTimeout(lagsMs);
      return one.project(...of);
    },
  })),
}));
beforeAll(async () => {
  platform = await testPlatform(lagging, { now: '2026-03-16T10:00:00Z' });
  routes = routesOf((await platform.raw({ method: 'GET', url: '/api/openapi.json' })).body as Document);
  known = await familiesOf(platform);
}, 240_000);
afterAll(() => platform.stop());

const isOfCase = ({ path }: Route): boolean =>
  /\{(caseId|ehaId|episodeId|contactId|enquiryId|requestId)\}/.test(path) || namesCaseInBody(path);
const namesCaseInBody = (path: string): boolean => ['/api/assessment/assessments', '/api/targeted-support/requests'].includes(path);
const isList = ({ method, path }: Route): boolean =>
  method === 'GET' && !path.includes('{') && !/overview|operation|health|metrics|dev/.test(path);
/** Hub enquiries are the fuzz family's; it has no MASH enquiry, so its addresses answer 404 to everybody. */
const isThere = ({ path }: Route): boolean => !path.includes('mash-enquiries');

const urlOf = ({ path }: Route, family = 0): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (name === 'kind') return 'consents';
    const ids = known[name === 'entryId' ? 'consentId' : name] ?? [];
    return ids[family] ?? '00000000-0000-4000-8000-000000000000';
  });

const ask = (by: Caller, route: Route) => {
  const url = urlOf(route);
  return route.method === 'GET' ? by.get(url) : by.post(url, namesCaseInBody(route.path) ? { caseId: known['caseId']![0] } : {});
};
const told = ({ method, path }: Route) => `${method} ${path}`;
const statuses = async (by: Caller, of: readonly Route[]): Promise<Record<string, number>> => {
  const seen: Record<string, number> = {};
  for (const route of of) seen[told(route)] = (await ask(by, route)).status;
  return seen;
};
const all = (of: readonly Route[], status: number): Record<string, number> => Object.fromEntries(of.map((route) => [told(route), status]));

/** What the gate decided since it was last asked, as the access log has it. */
const watchDecisions = () => {
  const { access } = platform.platform.engines;
  const append = access.append.bind(access);
  const seen: unknown[] = [];
  access.append = (stream, expected, events, ...rest) => {
    seen.push(...events.map(({ data }) => (data as { outcome?: unknown }).outcome));
    return append(stream, expected, events, ...rest);
  };
  return { since: () => seen.splice(0), over: () => (access.append = append) };
};

describe('the gate, address by address', () => {
  const ofCases = () =>
    routes.filter((route) => isOfCase(route) && isThere(route) && (route.method === 'POST' || route.path.includes('{')));
  const writing = () => ofCases().filter(({ method }) => method === 'POST');

  it('A2 a stranger, one of another authority and a member of the public are denied at every address of a case', async () => {
    expect(ofCases().length).toBeGreaterThan(60);
    for (const by of [
      platform.as('stella', 'practitioner', 'oak-school'),
      platform.as('ruth', 'hub-coordinator', 'county-early-help-hub'),
      platform.as('marek', 'triage-officer', 'county-mash'),
      platform.as('mona', 'manager', 'oak-school'),
      platform.as('pat', 'public', 'nobody'),
    ])
      expect(await statuses(by, ofCases())).toEqual(all(ofCases(), 403));
  }, 240_000);

  it('A2 an auditor reads what is there for audit, and writes nowhere', async () => {
    const auditor = platform.as('ada', 'auditor', 'council', 'audit');
    expect(await statuses(auditor, writing())).toEqual(all(writing(), 403));
    const reading = ofCases().filter(({ method }) => method === 'GET');
    expect(Object.values(await statuses(auditor, reading)).filter((status) => status === 403)).toEqual([]);
  }, 120_000);

  it('ACC-01 for every address of a case there is somebody of the practice whom the gate lets through', async () => {
    const somebody = [
      platform.as('dana', 'practitioner', 'fenbank-primary'),
      platform.as('hana', 'hub-coordinator', 'early-help-hub'),
      platform.as('tariq', 'triage-officer', 'mash'),
      platform.as('tariq', 'triage-officer', 'mash', 'safeguarding'),
      platform.as('mara', 'targeted-support-manager', 'targeted-support'),
    ];
    // Past the gate the request is empty, or the decider refuses it: what matters is that the policy said yes, of a record that is there.
    const decided = watchDecisions();
    for (const route of ofCases()) {
      for (const by of somebody) await ask(by, route);
      expect([told(route), decided.since()]).toEqual([told(route), expect.arrayContaining(['allowed'])]);
    }
    decided.over();
  }, 240_000);

  it('A2 the public makes contacts; lists, counts and the platform are not theirs', async () => {
    const pat = platform.as('pat', 'public', 'nobody');
    const contact = { authority: 'peterborough', source: { kind: 'public' }, child: {}, concern: 'A child cries at night.' };
    const made = await pat.post('/api/referral/contacts', contact);
    expect(made.status).toBe(201);
    expect((await pat.get(`/api/referral/contacts/${made.body.id}`)).status).toBe(403);
    expect((await pat.post('/api/referral/contacts', { ...contact, caseId: known['caseId']![0] })).status).toBe(403);
    const others = routes.filter((route) => isList(route) || /overview|operation/.test(route.path));
    expect(await statuses(pat, others)).toEqual(all(others, 403));
  });

  it('ACC-01 nobody becomes part of a case by making a contact into it', async () => {
    const stella = platform.as('stella', 'practitioner', 'oak-school');
    const contact = { authority: 'peterborough', source: { kind: 'professional' }, child: {}, concern: 'Absent a lot.' };
    expect(await stella.post('/api/referral/contacts', { ...contact, caseId: known['caseId']![0] })).toMatchObject({ status: 403 });
    expect((await stella.post('/api/referral/contacts', contact)).status).toBe(201);
  });

  it('B6 lists show a stranger nothing of others’ cases', async () => {
    const stella = platform.as('stella', 'practitioner', 'birch-school');
    for (const route of routes.filter(isList).filter(({ path }) => !path.endsWith('/search')))
      expect([told(route), (await ask(stella, route)).body.items]).toEqual([told(route), []]);
    expect((await stella.post('/api/reporting/cases/search', { search: 'amir' })).body.items).toEqual([]);
  });

  it('CON-13 an agency whose consent is withdrawn is out at once, and others stay', async () => {
    const vera = platform.as('vera', 'practitioner', 'city-health');
    const dana = platform.as('dana', 'practitioner', 'fenbank-primary');
    const eha = `/api/assessment/assessments/${known['ehaId']![1]}`;
    const colleague = platform.as('viktor', 'practitioner', 'fenbank-primary');
    expect([(await vera.get(eha)).status, (await colleague.get(eha)).status]).toEqual([200, 200]);
    const consents = `/api/assessment/cases/${known['caseId']![1]}/consents`;
    const { body } = await dana.get(consents);
    const [{ consentId }] = body.consents;
    const by = body.consents[0].giver;
    lagsMs = 300;
    const withdrawn = await dana.post(`${consents}/${consentId}/withdrawal`, { by, agencies: ['fenbank-primary'] });
    expect(withdrawn.status).toBe(200);
    // Nothing is waited for here, as little as by whoever asks next.
    expect((await colleague.get(eha)).status).toBe(403);
    expect((await dana.get(eha)).status).toBe(200);
    lagsMs = 0;
  });
});

describe('the access log', () => {
  const recorded = async (): Promise<readonly Recorded[]> => {
    const events: Recorded[] = [];
    for await (const page of platform.platform.engines.access.readAll('start')) events.push(...(page as readonly Recorded[]));
    return events;
  };

  it('ACC-02 has each look and each change, allowed or denied, of whom and by whom, and the cases’ record has none of it', async () => {
    const before = (await recorded()).length;
    const head = await platform.platform.engines.store.head();
    const episode = `/api/planning/episodes/${known['episodeId']![0]}`;
    await platform.as('dana', 'practitioner', 'fenbank-primary').get(episode);
    await platform.as('stella', 'practitioner', 'oak-school').get(episode);
    expect((await recorded()).slice(before)).toMatchObject([
      {
        caseId: known['caseId']![0],
        actor: { user: 'dana' },
        data: { action: 'episode.read', record: known['episodeId']![0], outcome: 'allowed', rule: null, position: head },
      },
      {
        caseId: known['caseId']![0],
        actor: { user: 'stella' },
        data: { action: 'episode.read', outcome: 'denied', rule: 'ACC-01', ground: null },
      },
    ]);
    expect(await platform.platform.engines.store.head()).toBe(head);
  });

  it('ACC-02 while it cannot record, nothing personal is shown and nothing is done: 503', async () => {
    const { access, store } = platform.platform.engines;
    const append = access.append.bind(access);
    access.append = () => Promise.reject(new StoreUnavailable('no room', 'disk-full'));
    try {
      const dana = platform.as('dana', 'practitioner', 'fenbank-primary');
      const episode = `/api/planning/episodes/${known['episodeId']![0]}`;
      const head = await store.head();
      const away = {
        status: 503,
        headers: { 'retry-after': '5' },
        body: {
          type: 'urn:waymark:problem:access-log-unavailable',
          rule: 'ACC-02',
          detail: expect.stringContaining('The disk is full'),
        },
      };
      expect(await dana.get(episode)).toMatchObject(away);
      expect(await dana.get('/api/planning/episodes')).toMatchObject(away);
      expect(await dana.post(`${episode}/notes`, { text: 'A call.' })).toMatchObject(away);
      expect((await platform.raw({ method: 'GET', url: '/' })).status).toBe(503);
      expect(await store.head()).toBe(head);
      expect((await platform.raw({ method: 'GET', url: '/health/live' })).status).toBe(200);
    } finally {
      access.append = append;
    }
  });
});
