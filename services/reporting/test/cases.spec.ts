import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CaseId, PersonId } from '@waymark/kernel';
import { ConsentGiven, AssessmentOpened } from '@waymark/assessment-domain';
import { episodeEvents, tafEvents } from '@waymark/planning-domain';
import { aCase, actor, dana, idOf } from '@waymark/testing';
import { instant } from '@waymark/kernel';
import { acknowledged, amir, auditor, contactStream, deadline, leila, received, tom, triaged, world, type World } from './world.js';

let on: World;
beforeEach(async () => {
  on = await world();
});
afterEach(() => on.stop());

const get = async (path: string) => {
  await on.settled();
  return auditor(on).get(path);
};
const search = async (body: object) => {
  await on.settled();
  return auditor(on).post('/api/reporting/cases/search', body);
};
const episodeId = idOf('episode');
const lead = { user: dana.user, organisation: dana.organisation };
const system = actor('system', 'system', 'waymark');

const aContact = async () => {
  await on.happened(contactStream, received());
  await on.happened(contactStream, acknowledged());
};

const another = async (name: string, changes: Parameters<typeof received>[0] = {}) => {
  const caseId = idOf<CaseId>(name);
  const child = { personId: idOf<PersonId>(name), name, birth: 'known' as const, dateOfBirth: null };
  await on.happened(`referral.contact-${idOf(`contact of ${name}`)}`, received({ child, household: [], ...changes }), { caseId });
};

describe('the list of cases', () => {
  it('tells a case in a few lines, from the record of all services', async () => {
    await aContact();
    await on.setClock('2026-03-03T10:00:00Z');
    await on.happened(contactStream, triaged(), { who: tom });
    const { status, body } = await get('/api/reporting/cases');
    expect(status).toBe(200);
    expect(body).toEqual({
      items: [
        {
          ...{
            id: aCase,
            authority: 'peterborough',
            reference: 'PB-4F7K-2M9Q',
            stage: 'hub-enquiry',
            stageInWords: 'Early Help Hub enquiry',
          },
          child: { personId: amir, name: 'Amir Haddad', relationship: null },
          family: [{ personId: leila, name: 'Leïla Haddad', relationship: 'mother' }],
          openedAt: expect.stringMatching(/^2026-03-02T09:15/),
          lastActivityAt: expect.stringMatching(/^2026-03-03T10:00/),
          ...{
            leadProfessional: null,
            organisations: ['fenbank-primary', 'mash'],
            deadlines: [],
            overdue: false,
            breaches: [],
            breached: false,
            drifting: false,
          },
        },
      ],
    });
    expect((await get(`/api/reporting/cases/${aCase}`)).body).toEqual(body.items[0]);
    expect((await get(`/api/reporting/cases/${idOf('no such case')}`)).status).toBe(404);
  });

  it.each(['ami', 'AMIR', 'had', 'leila', 'Leïla', 'amir haddad', 'haddad ami', 'pb-4f', '4f7k', ' amir '])(
    'finds it by the beginnings of words: %s',
    async (words) => {
      await aContact();
      await another('Zofia Nowak');
      const { status, body } = await search({ search: words });
      expect(status).toBe(200);
      expect(body.items.map(({ id }: any) => id)).toEqual([aCase]);
    },
  );

  it.each(['mir', 'amir nowak', 'amirr'])('does not find it by %s', async (words) => {
    await aContact();
    await another('Zofia Nowak');
    expect((await search({ search: words })).body.items).toEqual([]);
  });

  it('A7 keeps a case under the authority that it began under, whatever a later contact names', async () => {
    await aContact();
    await on.happened(
      `referral.contact-${idOf('later')}`,
      received({ contactId: idOf('later'), opensCase: false, authority: 'cambridgeshire' }),
    );
    const of = async (authority: string) => (await get(`/api/reporting/cases?authority=${authority}`)).body.items.length;
    expect([await of('peterborough'), await of('cambridgeshire')]).toEqual([1, 0]);
  });

  it('narrows by authority and stage, and goes on page by page, the last active first', async () => {
    await aContact();
    await on.setClock('2026-03-02T10:00:00Z');
    await another('Zofia', { authority: 'cambridgeshire' });
    await on.setClock('2026-03-02T11:00:00Z');
    await another('Ben');
    const ids = async (query: string) => (await get(`/api/reporting/cases?${query}`)).body.items.map(({ id }: any) => id);
    expect(await ids('authority=cambridgeshire')).toEqual([idOf('Zofia')]);
    expect(await ids('stage=review')).toEqual([]);
    const first = (await get('/api/reporting/cases?limit=2')).body;
    expect(first.items.map(({ id }: any) => id)).toEqual([idOf('Ben'), idOf('Zofia')]);
    expect(await ids(`limit=2&cursor=${first.next}`)).toEqual([aCase]);
  });

  it.each([
    ['stage=finished', 'stage'],
    ['authority=atlantis', 'authority'],
    ['limit=0', 'limit'],
    ['search=amir', 'search'],
  ])('refuses ?%s and names the field', async (query, field) => {
    expect(await get(`/api/reporting/cases?${query}`)).toMatchObject({ status: 400, body: { field } });
  });

  it.each([
    [{ search: 'x'.repeat(101) }, 'search'],
    [{ search: 7 }, 'search'],
    [{}, 'search'],
    [{ search: 'amir', stage: 'finished' }, 'stage'],
    [{ search: 'amir', name: 'amir' }, 'name'],
  ])('refuses a search for %j and names the field', async (body, field) => {
    expect(await search(body)).toMatchObject({ status: 400, body: { field } });
  });

  it.each(['--', ' ', 'a b c d e f g h i'])('refuses to search for "%s", which no name can begin with', async (words) => {
    expect(await search({ search: words })).toMatchObject({ status: 422, body: { field: 'search' } });
  });

  it('goes through a search page by page, with a cursor that holds no name and belongs to that search', async () => {
    for (const name of ['Ada Quill', 'Ben Quill', 'Cleo Quill']) await another(name);
    const first = (await search({ search: 'quill', limit: 2 })).body;
    expect(first.items).toHaveLength(2);
    expect(Buffer.from(first.next, 'base64url').toString('latin1')).not.toMatch(/quill/i);
    const second = (await search({ search: 'quill', limit: 2, cursor: first.next })).body;
    expect([second.items.length, second.next]).toEqual([1, undefined]);
    expect(await search({ search: 'ada', limit: 2, cursor: first.next })).toMatchObject({ status: 400 });
    const narrowed = await search({ search: 'quill', authority: 'cambridgeshire' });
    expect(narrowed.body.items).toEqual([]);
  });

  it('follows the family through consent, assessment, plan and review to the close, with who leads', async () => {
    await aContact();
    const stage = async () => (await get(`/api/reporting/cases/${aCase}`)).body.stage;
    const ledgerVersion = { ledgerVersion: 1, takingPart: null, suspended: false, otherParents: [] };
    await on.happened(
      `assessment.consent-${aCase}`,
      ConsentGiven({
        ...{
          consentId: idOf('consent'),
          purpose: 'take-part-in-early-help',
          covers: [amir],
          agencies: [dana.organisation],
          method: 'in-person',
          until: null,
          restsOn: null,
        },
        giver: { personId: leila, capacity: 'parental-responsibility', dateOfBirth: null },
        notice: { version: 'v3', form: 'paper', shared: true, read: true, understood: true, agreed: true },
      }),
    );
    expect(await stage()).toBe('consent');
    await on.happened(
      `assessment.family-${aCase}`,
      AssessmentOpened({ ehaId: idOf('eha'), leadProfessional: lead, evidence: ledgerVersion }),
    );
    await on.happened(
      `planning.episode-${episodeId}`,
      episodeEvents.EpisodeOpened({ episodeId, ehaId: idOf('eha'), leadProfessional: lead }),
    );
    expect((await get(`/api/reporting/cases/${aCase}`)).body).toMatchObject({ stage: 'assessment', leadProfessional: lead });
    const held = (first: boolean) =>
      tafEvents.TafHeld({
        ...{
          episodeId,
          meetingId: idOf(`meeting ${first}`),
          heldAt: instant('2026-04-28T10:00:00Z'),
          first,
          discussed: [],
          summary: 'All were there.',
          impact: null,
        },
        attended: { people: [{ personId: amir, part: 'child' }], professionals: [lead] },
        represented: { people: [], professionals: [] },
        evidence: { episodeVersion: 1 },
      });
    await on.happened(`planning.taf-${episodeId}`, held(true));
    expect(await stage()).toBe('plan');
    await on.happened('referral.contact-another', received({ opensCase: false }));
    expect(await stage()).toBe('plan');
    await on.happened(`planning.taf-${episodeId}`, held(false));
    expect(await stage()).toBe('review');
    await on.happened(
      `planning.episode-${episodeId}`,
      episodeEvents.EpisodeClosed({
        episodeId,
        reason: 'needs-met',
        presentCircumstances: 'Well.',
        supportGiven: 'A plan.',
        told: { people: [amir], professionals: [lead] },
        servicesStillOpen: [],
      }),
    );
    expect(await stage()).toBe('closed');
    await on.happened('referral.contact-third', received({ opensCase: false }));
    expect(await stage()).toBe('contact');
  });

  it('TAF-02 shows open deadlines, flags the missed and the drifting, and forgets them when they are met', async () => {
    await aContact();
    const [plan, review] = [deadline('PLAN-02', '2026-05-01T22:59:59.999Z'), deadline('TAF-02', '2026-04-01T22:59:59.999Z')];
    const stream = `planning.taf-${episodeId}` as const;
    await on.happened(stream, plan.set);
    await on.happened(stream, review.set);
    const summary = async () => (await get(`/api/reporting/cases/${aCase}`)).body;
    expect(await summary()).toMatchObject({
      deadlines: [
        { rule: 'TAF-02', missed: false },
        { rule: 'PLAN-02', missed: false },
      ],
      overdue: false,
      drifting: false,
    });
    await on.happened(stream, plan.missed, { who: system });
    expect(await summary()).toMatchObject({ overdue: true, drifting: false });
    await on.happened(stream, review.missed, { who: system });
    expect(await summary()).toMatchObject({ overdue: true, drifting: true });
    await on.happened(stream, plan.met);
    await on.happened(stream, review.met);
    expect(await summary()).toMatchObject({ deadlines: [], overdue: false, drifting: false });
    // FD-03: a late decision does not undo the breach.
    expect(await summary()).toMatchObject({
      breached: true,
      breaches: [
        { rule: 'TAF-02', metAt: expect.stringMatching(/^20/) },
        { rule: 'PLAN-02', metAt: expect.stringMatching(/^20/) },
      ],
    });
    expect((await get('/api/reporting/cases?breached=yes')).body.items).toHaveLength(1);
    expect((await get('/api/reporting/cases?breached=no')).body.items).toHaveLength(0);
  });

  it('what the platform notices by itself is no activity, and the platform is no organisation around the family', async () => {
    await aContact();
    const before = (await get(`/api/reporting/cases/${aCase}`)).body;
    await on.setClock('2026-05-05T09:00:00Z');
    await on.happened(`planning.taf-${episodeId}`, deadline('TAF-02', '2026-05-01T22:59:59.999Z').set, { who: system });
    const after = (await get(`/api/reporting/cases/${aCase}`)).body;
    expect([after.lastActivityAt, after.organisations]).toEqual([before.lastActivityAt, before.organisations]);
    expect(after.deadlines).toHaveLength(1);
  });

  it('ACC-01 is not shown to the public', async () => {
    expect(await on.as('pat', 'public', 'nobody').get('/api/reporting/cases')).toMatchObject({ status: 403, body: { rule: 'ACC-01' } });
    expect(await on.as('pat', 'public', 'nobody').post('/api/reporting/cases/search', { search: 'amir' })).toMatchObject({
      status: 403,
      body: { rule: 'ACC-01' },
    });
    expect(await on.as('pat', 'public', 'nobody').get(`/api/reporting/cases/${aCase}`)).toMatchObject({
      status: 403,
      body: { rule: 'ACC-01' },
    });
  });

  it('counts by authority and stage, with nothing personal', async () => {
    await aContact();
    await another('Zofia', { authority: 'cambridgeshire' });
    await another('Ben');
    await on.settled();
    expect(await on.as('pat', 'public', 'nobody').get('/api/reporting/overview')).toMatchObject({ status: 403, body: { rule: 'ACC-01' } });
    const { body } = await on.as('dana', 'practitioner', 'fenbank-primary').get('/api/reporting/overview');
    const contacts = (cases: number) => [{ stage: 'contact', stageInWords: 'Contact', cases }];
    expect(body).toEqual({
      ...{ cases: 3, overdue: 0, drifting: 0 },
      byAuthority: [
        { authority: 'peterborough', cases: 2, byStage: contacts(2) },
        { authority: 'cambridgeshire', cases: 1, byStage: contacts(1) },
      ],
    });
  });
});
