import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { CaseId } from '@waymark/kernel';
import { aCase, idOf } from '@waymark/testing';
import { acknowledged, amir, contactStream, deadline, received, tom, triaged, world, type World } from './world.js';

let on: World;
afterEach(() => on.stop());

const started = async (options: Parameters<typeof world>[0] = {}) => {
  on = await world(options);
  await on.happened(contactStream, received());
  await on.happened(contactStream, acknowledged());
};
const page = async (url: string) => {
  await on.settled();
  return on.raw({ method: 'GET', url });
};
/** What the search box sends. */
const searched = async (fields: Record<string, string>) => {
  await on.settled();
  return on.raw({
    method: 'POST',
    url: '/',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
};
/** What somebody reads: the text without its markup. */
const textOf = (body: string) =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ');
const count = (body: string, pattern: RegExp) => [...body.matchAll(pattern)].length;

const evil = `"><script>alert('x')</script><img src=x onerror=alert(1)>&`;

describe('the page of cases', () => {
  it('lists the cases with links to their pages, and to the API, health and measurements', async () => {
    await started();
    const { status, body, headers } = await page('/');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(body).toContain(`<a href="/cases/${aCase}">Amir Haddad</a>`);
    for (const link of ['/api', '/health/ready', '/metrics', '/api/reporting/cases', `/api/reporting/cases/${aCase}/chronology`])
      expect(body).toContain(`href="${link}"`);
    expect(textOf(body)).toContain('PB-4F7K-2M9Q');
  });

  it('searches by a form without a script, keeps what was asked for, and says when nothing fits', async () => {
    await started();
    expect((await searched({ search: 'leila', authority: '', stage: '' })).body).toContain('Amir Haddad');
    const none = (await searched({ search: 'nobody', stage: 'review' })).body;
    expect(none).toContain('value="nobody"');
    expect(none).toContain('<option value="review" selected>');
    expect(textOf(none)).toContain('No case fits.');
  });

  it('lets no name come to stand in an address', async () => {
    await started();
    const { body } = await page('/?search=nobody');
    expect(body).toContain('Amir Haddad');
    expect(body).not.toContain('nobody');
    expect(body).toContain('<form method="post" action="/" role="search"');
  });

  it('gives a search without a name the address of its list', async () => {
    await started();
    expect(await searched({ search: ' ', authority: 'peterborough', stage: '' })).toMatchObject({
      status: 303,
      headers: { location: '/?authority=peterborough' },
    });
    expect(await on.raw({ method: 'POST', url: '/' })).toMatchObject({ status: 303, headers: { location: '/' } });
    expect((await page('/?authority=cambridgeshire')).body).not.toContain('Amir Haddad');
  });

  it('goes on to the next page of a search by a form, and of a list by a link', async () => {
    await started();
    for (let family = 0; family < 51; family += 1)
      await on.happened(`referral.contact-${idOf(`contact ${family}`)}`, received({ household: [] }), {
        caseId: idOf<CaseId>(`${family}`),
      });
    const first = (await searched({ search: 'amir', authority: 'peterborough' })).body as string;
    const links = [...first.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, link]) => link);
    expect(links.filter((link) => /amir|cursor/i.test(String(link)))).toEqual([]);
    const cursor = /name="cursor" value="([^"]+)"/.exec(first)?.[1] ?? '';
    const second = await searched({ search: 'amir', authority: 'peterborough', cursor });
    expect(textOf(second.body)).toContain('(continued)');
    expect(count(second.body, /<tr role="row">/g)).toBe(3);
    expect((await page('/?authority=peterborough')).body).toMatch(/href="\/\?authority=peterborough&amp;cursor=[^"]+" rel="next"/);
  });

  it('sends no markup back that came in by the search box', async () => {
    await started();
    const { body } = await searched({ search: evil });
    expect(body).toContain('value="&quot;&gt;&lt;script&gt;');
    expect(body).not.toContain('<script');
  });

  it.each([`/?cursor=${encodeURIComponent(evil)}`, `/?stage=${encodeURIComponent(evil)}`, `/?authority=${encodeURIComponent(evil)}`])(
    'sends no markup back that came in by the address: %s',
    async (url) => {
      await started();
      const { body } = await page(url);
      expect(body).not.toContain('<script');
      expect(body).not.toContain('<img');
    },
  );

  it('answers a cursor that is none, and a search without a word, with a page that helps on', async () => {
    await started();
    expect(await page('/?cursor=made-up')).toMatchObject({ status: 400, body: expect.stringContaining('<h1>There is no such page</h1>') });
    expect(await searched({ search: '--' })).toMatchObject({ status: 422, body: expect.stringContaining('<h1>') });
  });

  it.each([
    ['loaded', ['Invented data.'], ['being loaded', 'incomplete']],
    ['loading', ['Invented data.', 'It is being loaded: 3 of 40 families so far.'], ['incomplete']],
    ['failed', ['Invented data.', 'It is incomplete: 3 of 40 families.'], ['being loaded']],
    ['none', [], ['Invented data.']],
  ] as const)('of a demonstration that is %s says what is so', async (state, says, saysNot) => {
    await started({ demonstration: { state, families: 3, of: 40 } });
    for (const url of ['/', `/cases/${aCase}`]) {
      const text = textOf((await page(url)).body);
      for (const words of says) expect(text).toContain(words);
      for (const words of saysNot) expect(text).not.toContain(words);
    }
  });

  it('never calls a record invented because a demonstration was wished for', async () => {
    await started({ config: { demo: true } });
    expect(textOf((await page('/')).body)).not.toContain('Invented data.');
  });
});

describe('the page of a case', () => {
  it('tells its chronology in order, with who, role, organisation, when, why and policy', async () => {
    await started();
    await on.happened(contactStream, triaged('His mother is <b>unwell</b>.'), { who: tom });
    const { status, body } = await page(`/cases/${aCase}`);
    const text = textOf(body);
    expect(status).toBe(200);
    expect(text.indexOf('made a contact about Amir Haddad')).toBeLessThan(text.indexOf('Triage ended in an Early Help Hub enquiry'));
    for (const words of ['tom', 'Triage officer, mash', '2 March 2026 at 09:15', 'Peterborough', '2025-06']) expect(text).toContain(words);
    expect(body).toContain('&lt;b&gt;unwell&lt;/b&gt;');
    expect(body).toContain(`href="/api/reporting/cases/${aCase}/replay"`);
  });

  it('GEN-02 marks a late entry in words, and as known before it was recorded it is not there', async () => {
    await started();
    await on.setClock('2026-04-20T10:00:00Z');
    await on.happened(contactStream, triaged(), { occurredAt: '2026-03-03T09:00:00Z' });
    const now = textOf((await page(`/cases/${aCase}`)).body);
    expect(now).toContain('Late entry');
    expect(now).toContain('Recorded 20 April 2026 at 11:00');
    const before = textOf((await page(`/cases/${aCase}?asKnownOn=2026-04-19`)).body);
    expect(before).toContain('As it was known at the end of 19 April 2026');
    expect(before).not.toContain('Triage ended');
    // The summary is of today, and so is not shown beside what was known then.
    expect(now).toContain('Stage Early Help Hub enquiry');
    expect(before).not.toContain('Early Help Hub enquiry');
    expect(textOf((await page(`/cases/${aCase}?asKnownOn=2026-04-20`)).body)).toContain('Triage ended');
    expect(textOf((await page(`/cases/${aCase}?asKnownOn=2026-01-01`)).body)).toContain('Nothing had been recorded by then.');
  });

  it.each(['2026-02-30', 'yesterday', '2026-04-20&asKnownOn=2026-04-21', 'x'.repeat(2_000)])(
    'A15 says that there is no such day (%s), and never shows the present in its place',
    async (day) => {
      await started();
      const { status, body } = await page(`/cases/${aCase}?asKnownOn=${day}`);
      expect([status, textOf(body)]).toEqual([400, expect.stringContaining('There is no such day.')]);
      expect(body).not.toContain('Amir');
      // The form sends an empty field where nothing was chosen.
      expect((await page(`/cases/${aCase}?asKnownOn=`)).status).toBe(200);
    },
  );

  it('shows its deadlines, a missed one in words', async () => {
    await started();
    const due = deadline('TAF-02', '2026-06-23T22:59:59.999Z');
    await on.happened('planning.taf-1', due.set);
    expect(textOf((await page(`/cases/${aCase}`)).body)).toContain('23 June 2026 at 23:59');
    await on.happened('planning.taf-1', due.missed);
    const text = textOf((await page(`/cases/${aCase}`)).body);
    expect(text).toContain('Missed');
    expect(text).toContain('Drifting');
  });

  it('says (erased) where a key was destroyed', async () => {
    await started();
    await on.platform.engines.keys.destroy(amir);
    expect(textOf((await page(`/cases/${aCase}`)).body)).toContain('a contact about (erased)');
  });

  it('lets no markup through, wherever it was told', async () => {
    on = await world();
    await on.happened(contactStream, received({ child: { personId: amir, name: evil, birth: 'known', dateOfBirth: null }, concern: evil }));
    await on.happened(contactStream, triaged(evil));
    for (const url of ['/', `/cases/${aCase}`]) {
      const { body } = await page(url);
      expect(body).toContain('&lt;script&gt;');
      expect(body).not.toContain('<script');
      expect(body).not.toContain('<img');
    }
  });

  it('goes on over several pages and says which', async () => {
    await started();
    for (let entry = 0; entry < 101; entry += 1) await on.happened(contactStream, acknowledged(`PB-${entry}`));
    const first = (await page(`/cases/${aCase}`)).body as string;
    const next = /href="(\/cases\/[^"]+cursor=[^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&');
    expect(count(first, /<tr role="row">/g)).toBe(101);
    expect(textOf(first)).toContain('Entries 1 to 100. Later entries');
    const second = (await page(next ?? '')).body as string;
    expect(textOf(second)).toContain('(continued)');
    expect(count(second, /<tr role="row">/g)).toBe(4);
    expect(textOf(second)).toContain('Entries 101 to 103.');
  });

  it('is not there for no case, in words', async () => {
    await started();
    for (const url of [`/cases/${idOf('no such case')}`, '/cases/1', `/cases/${encodeURIComponent(evil)}`])
      expect(await page(url)).toMatchObject({ status: 404, body: expect.stringContaining('<h1>Not found</h1>') });
  });
});

describe('every page', () => {
  it('allows itself its own style and nothing else', async () => {
    await started();
    const { body, headers } = await page('/');
    const style = /<style>(.*?)<\/style>/s.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(headers['cache-control']).toBe('no-store');
    expect(body).not.toMatch(/ (style|on\w+)=/);
  });

  it.each(['/', `/cases/${aCase}`, '/cases/1'])(
    'has a language, a title, one first heading, landmarks and a way past the header: %s',
    async (url) => {
      await started();
      const { body } = await page(url);
      expect(body).toContain('<html lang="en-GB">');
      expect(body).toMatch(/<title>[^<]+ - Waymark<\/title>/);
      expect(count(body, /<h1>/g)).toBe(1);
      for (const part of ['<header>', '<main id="main"', '<footer>', '<a class="skip" href="#main">']) expect(body).toContain(part);
      expect(count(body, /<table/g)).toBe(count(body, /<caption>/g));
      expect(count(body, /<th /g)).toBe(count(body, /<th scope="(?:col|row)"/g));
      for (const [, id] of body.matchAll(/<(?:input|select) id="(\w+)"/g)) expect(body).toContain(`<label for="${id}">`);
    },
  );

  it('ACC-01 asks the same access decision as the API, and is counted with its looks', async () => {
    await started();
    await page('/');
    const measured = (await on.raw({ method: 'GET', url: '/metrics' })).body;
    expect(measured).toContain('waymark_looks_total{shows="the list of cases",outcome="allowed"} 1');
  });

  it('shows nothing in the production profile but that nobody can sign in', async () => {
    await started({ config: { profile: 'production' } });
    for (const url of ['/', `/cases/${aCase}`]) {
      const { status, body } = await page(url);
      expect(status).toBe(200);
      expect(textOf(body)).toContain('Signing in is not part of this release');
      expect(body).not.toContain('Amir');
    }
    const { status, body } = await searched({ search: 'amir' });
    expect([status, body.includes('Amir')]).toEqual([200, false]);
  });
});
