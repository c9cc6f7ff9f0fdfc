import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Param, Query } from '@nestjs/common';
import { CommandHandler } from '@nestjs/cqrs';
import { pino } from 'pino';
import { CaseId, defineEvent } from '@waymark/kernel';
import {
  freeTextInAddresses,
  IdParameter,
  Shows,
  testPlatform,
  vocabularyOf,
  type Caller,
  type TestPlatform,
  operation,
} from '../src/index.js';
import { Change } from '../src/commands/change.js';
import { Noted, NotebookModule, notebookService } from './notebook.fixture.js';

const books = '/api/notebook/books';
const identity = { 'waymark-dev-identity': 'user=dana; role=practitioner; organisation=fenbank-primary' };
const json = { ...identity, 'content-type': 'application/json' };

describe('the edge', () => {
  let platform: TestPlatform;
  let dana: Caller;
  const logged: string[] = [];
  beforeAll(async () => {
    const logger = pino({ level: 'info' }, { write: (line: string) => void logged.push(line) });
    platform = await testPlatform([notebookService], { now: '2026-03-02T09:15:00Z', logger });
    dana = platform.as('dana', 'practitioner', 'fenbank-primary');
  });
  afterAll(() => platform.stop());
  const begun = async (): Promise<string> => `${books}/${(await dana.post(books, { text: 'first' })).body.id}`;
  const appended = async () => platform.platform.engines.store.head();

  describe('identity', () => {
    it.each([
      ['nothing', {}, 401],
      ['a role that there is not', { 'waymark-dev-identity': 'user=dana; role=king; organisation=x' }, 401],
      ['a name instead of a handle', { 'waymark-dev-identity': 'user=Dana Reyes; role=practitioner; organisation=x' }, 401],
      ['a field that there is not', { 'waymark-dev-identity': 'user=dana; role=practitioner; organisation=x; rank=1' }, 401],
    ])('%s is refused, and nothing is written', async (_, headers, status) => {
      const before = await appended();
      const answer = await platform.raw({
        method: 'POST',
        url: books,
        headers: { 'content-type': 'application/json', ...headers },
        payload: { text: 'x' },
      });
      expect(answer.status).toBe(status);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(JSON.stringify(answer.body)).not.toContain('Reyes');
      expect(await appended()).toBe(before);
    });

    it('the development identity and the clock are refused in the production profile', async () => {
      const production = await testPlatform([notebookService], { now: '2026-03-02T09:15:00Z', config: { profile: 'production' } });
      try {
        expect(await production.as('dana', 'practitioner', 'x').post(books, { text: 'x' })).toMatchObject({ status: 401 });
        expect(await production.raw({ method: 'GET', url: '/health/ready' })).toMatchObject({ status: 200 });
        const payload = { now: '2027-01-01T00:00:00Z' };
        for (const asked of [{ method: 'PUT', payload }, { method: 'DELETE' }] as const)
          expect(await production.raw({ url: '/dev/clock', ...asked })).toMatchObject({
            status: 403,
            body: { type: 'urn:waymark:problem:clock-is-fixed' },
          });
        expect((await production.raw({ method: 'GET', url: '/dev/clock' })).body.now < payload.now).toBe(true);
      } finally {
        await production.stop();
      }
    });

    it('ACC-01 a look needs a role and a purpose that go together; default is no', async () => {
      const book = await begun();
      expect(await dana.get(book)).toMatchObject({ status: 200 });
      expect(await platform.as('sam', 'public', 'none').get(book)).toMatchObject({ status: 403, body: { rule: 'ACC-01' } });
      expect(await platform.as('ann', 'auditor', 'council').get(book)).toMatchObject({ status: 403 });
      expect(await platform.as('ann', 'auditor', 'council', 'audit').get(book)).toMatchObject({ status: 200 });
    });
  });

  describe('a search', () => {
    const search = `${books}/search`;
    const text = 'Haddad';

    it('is a query that is posted: it needs neither a version nor a key, and answers 200', async () => {
      const asked = { method: 'POST' as const, url: search, headers: json, payload: { text } };
      expect(await platform.raw(asked)).toMatchObject({ status: 200, body: { items: [text] } });
    });

    it('ACC-01 asks for the same permission as any look', async () => {
      expect(await platform.as('sam', 'public', 'none').post(search, { text })).toMatchObject({ status: 403, body: { rule: 'ACC-01' } });
      expect(await platform.raw({ method: 'POST', url: search, payload: { text } })).toMatchObject({ status: 401 });
    });

    it('is not remembered under a key: its answer is personal, and it records nothing', async () => {
      const before = await appended();
      for (const words of [text, 'another'])
        expect(await dana.post(search, { text: words }, { 'idempotency-key': 's-1' })).toMatchObject({ body: { items: [words] } });
      expect(await appended()).toBe(before);
    });
  });

  describe('a page', () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };

    it('is shown to whoever sits at a browser, as an auditor, in the development profile', async () => {
      const { status, body } = await platform.raw({ method: 'GET', url: '/notebook' });
      expect([status, body.by.user, body.by.role, body.purpose]).toEqual([200, 'browser', 'auditor', 'audit']);
    });

    it('is shown to nobody in the production profile', async () => {
      const production = await testPlatform([notebookService], { now: '2026-03-02T09:15:00Z', config: { profile: 'production' } });
      try {
        for (const method of ['GET', 'POST'] as const)
          expect(await production.raw({ method, url: '/notebook' })).toMatchObject({
            status: 401,
            body: { type: 'urn:waymark:problem:no-sign-in' },
          });
      } finally {
        await production.stop();
      }
    });

    it('ACC-01 passes the access decision, and is counted with the looks', async () => {
      await platform.raw({ method: 'GET', url: '/notebook' });
      const { body } = await platform.raw({ method: 'GET', url: '/metrics' });
      expect(body).toMatch(/waymark_looks_total\{shows="a notebook",outcome="allowed"\} \d/);
    });

    it('takes a form, which no other route does', async () => {
      const payload = 'text=A+%26+B&__proto__=x';
      const taken = await platform.raw({ method: 'POST', url: '/notebook', headers: form, payload });
      expect([taken.status, taken.body.form.text]).toEqual([200, 'A & B']);
      for (const url of [books, `${books}/search`])
        expect(await platform.raw({ method: 'POST', url, headers: { ...identity, ...form }, payload })).toMatchObject({ status: 415 });
      const large = `text=${'x'.repeat(20_000)}`;
      expect(await platform.raw({ method: 'POST', url: '/notebook', headers: form, payload: large })).toMatchObject({ status: 413 });
    });
  });

  describe('versions', () => {
    it('a change needs If-Match; a stale one is 412 and writes nothing; the current one and * pass', async () => {
      const book = await begun();
      const before = await appended();
      const without = await platform.raw({ method: 'POST', url: `${book}/notes`, headers: json, payload: { text: 'x' } });
      expect(without).toMatchObject({ status: 428, body: { field: 'If-Match' } });
      expect(await dana.post(`${book}/notes`, { text: 'x' }, { ifMatch: '"7"' })).toMatchObject({ status: 412, body: { current: 1 } });
      expect(await dana.post(`${book}/notes`, { text: 'x' }, { ifMatch: 'W/1' })).toMatchObject({
        status: 400,
        body: { field: 'If-Match' },
      });
      expect(await appended()).toBe(before);
      const second = await dana.post(`${book}/notes`, { text: 'x' }, { ifMatch: '"1"' });
      expect(second).toMatchObject({ status: 200, body: { version: 2 }, headers: { etag: '"2"' } });
      expect(await dana.post(`${book}/notes`, { text: 'x' })).toMatchObject({ status: 200, body: { version: 3 } });
    });

    it('a read can wait for a position, and says so when it does not come', async () => {
      const made = await dana.post(books, { text: 'x' });
      const book = `${books}/${made.body.id}`;
      expect(await dana.get(book, { 'waymark-wait-for': String(made.headers['waymark-position']) })).toMatchObject({
        status: 200,
        headers: { etag: '"1"' },
      });
      expect(await dana.get(book, { 'waymark-wait-for': 'a b' })).toMatchObject({ status: 400, body: { field: 'Waymark-Wait-For' } });
      const { waitFor } = platform.platform.reactions;
      Object.assign(platform.platform.reactions, { waitFor: () => Promise.resolve(false) });
      try {
        expect(await dana.get(book, { 'waymark-wait-for': String(made.headers['waymark-position']) })).toMatchObject({
          status: 503,
          headers: { 'retry-after': '2' },
        });
      } finally {
        Object.assign(platform.platform.reactions, { waitFor });
      }
    });

    it.each(['9999999999999999', '0', '00000000000000zz', 'x'.repeat(80)])(
      'A16 a position that this store never gave (%s) is refused at once, not waited for',
      async (position) => {
        const began = performance.now();
        expect(await dana.get(await begun(), { 'waymark-wait-for': position })).toMatchObject({
          status: 400,
          body: { field: 'Waymark-Wait-For' },
        });
        expect(performance.now() - began).toBeLessThan(4_000);
      },
    );

    it('A12 a stale If-Match is 412 where a POST answers 201 too; none is needed there', async () => {
      const before = await appended();
      expect(await dana.post(books, { text: 'x' }, { ifMatch: '"3"' })).toMatchObject({ status: 412, body: { current: 0 } });
      expect(await dana.post(books, { text: 'x' }, { ifMatch: 'three' })).toMatchObject({ status: 400, body: { field: 'If-Match' } });
      expect(await appended()).toBe(before);
      expect(await platform.raw({ method: 'POST', url: books, headers: json, payload: { text: 'x' } })).toMatchObject({ status: 201 });
    });
  });

  describe('idempotency', () => {
    it('the same key and body get the same answer and write once', async () => {
      const first = await dana.post(books, { text: 'once' }, { 'idempotency-key': 'k-1' });
      const before = await appended();
      const again = await dana.post(books, { text: 'once' }, { 'idempotency-key': 'k-1' });
      expect(again).toMatchObject({
        status: 201,
        body: first.body,
        headers: { etag: '"1"', location: first.headers['location'], 'idempotency-replayed': 'true' },
      });
      expect(await appended()).toBe(before);
    });

    it('another body under the same key is 422', async () => {
      await dana.post(books, { text: 'one' }, { 'idempotency-key': 'k-2' });
      expect(await dana.post(books, { text: 'two' }, { 'idempotency-key': 'k-2' })).toMatchObject({
        status: 422,
        body: { field: 'Idempotency-Key' },
      });
    });

    it('D9 another query string under the same key is 422, and writes nothing', async () => {
      await dana.post(books, { text: 'one' }, { 'idempotency-key': 'k-q' });
      const before = await appended();
      expect(await dana.post(`${books}?again=1`, { text: 'one' }, { 'idempotency-key': 'k-q' })).toMatchObject({
        status: 422,
        body: { type: 'urn:waymark:problem:idempotency-key-reused', field: 'Idempotency-Key' },
      });
      expect(await appended()).toBe(before);
    });

    it('D9 under another role of the same user the first answer is not given again', async () => {
      const first = await dana.post(books, { text: 'one' }, { 'idempotency-key': 'k-r' });
      const hub = platform.as('dana', 'hub-coordinator', 'fenbank-primary');
      const second = await hub.post(books, { text: 'one' }, { 'idempotency-key': 'k-r' });
      expect(second.headers['idempotency-replayed']).toBeUndefined();
      expect(second.body.id).not.toBe(first.body.id);
    });

    it('without a key, and for another user, the same body is another request', async () => {
      const ids = await Promise.all([
        dana.post(books, { text: 'x' }),
        dana.post(books, { text: 'x' }),
        dana.post(books, { text: 'x' }, { 'idempotency-key': 'k-3' }),
        platform.as('omar', 'practitioner', 'health').post(books, { text: 'x' }, { 'idempotency-key': 'k-3' }),
      ]);
      expect(new Set(ids.map(({ body }) => body.id)).size).toBe(4);
    });

    it('repeats at the same time write once', async () => {
      const book = await begun();
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => dana.post(`${book}/notes`, { text: 'x' }, { 'idempotency-key': 'k-4' })),
      );
      expect(new Set(answers.map(({ body }) => body.version))).toEqual(new Set([2]));
      expect((await dana.get(book)).body).toMatchObject({ notes: 2 });
    });

    it('a key remembered nowhere is still the same command', async () => {
      const book = await begun();
      await dana.post(`${book}/notes`, { text: 'x' }, { 'idempotency-key': 'k-5' });
      Object.assign(platform.platform.engines.idempotency, { find: () => Promise.resolve(undefined) });
      expect(await dana.post(`${book}/notes`, { text: 'x' }, { 'idempotency-key': 'k-5' })).toMatchObject({
        status: 200,
        body: { version: 2 },
      });
      expect((await dana.get(book)).body).toMatchObject({ notes: 2 });
    });
  });

  describe('bad input', () => {
    it.each([
      ['broken JSON', '{"text": ', 400],
      ['no body', '', 400],
      ['an array', '[]', 400],
      ['null', 'null', 400],
      ['a wrong type', '{"text": 7}', 400],
      ['an unknown field', '{"text": "x", "colour": "red"}', 400],
      ['a poisoned prototype', '{"text": "x", "__proto__": {"admin": true}}', 400],
      ['too long a text', JSON.stringify({ text: 'x'.repeat(20_001) }), 400],
      ['too large a body', JSON.stringify({ text: 'x'.repeat(1_100_000) }), 413],
      ['an impossible date', '{"text": "x", "occurredAt": "2026-02-30T10:00:00Z"}', 400],
      ['the future', '{"text": "x", "occurredAt": "2030-01-01T10:00:00Z"}', 422],
      ['a rule that is broken', '{"text": "never"}', 422],
      ['A17 a name that is given twice', '{"text": "x", "text": "y"}', 400],
      ['D9 what is not UTF-8', Buffer.from([...Buffer.from('{"text": "caf'), 0xe9, ...Buffer.from('"}')]), 400],
    ])('%s is a problem document, and nothing is written', async (_, payload, status) => {
      const before = await appended();
      const answer = await platform.raw({ method: 'POST', url: books, headers: json, payload });
      expect(answer).toMatchObject({ status, body: { status, title: expect.any(String), detail: expect.any(String) } });
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(JSON.stringify(answer.body)).not.toMatch(/ at .*\.[jt]s/);
      expect(await appended()).toBe(before);
    });

    it('A17 a name that is given twice is named', async () => {
      const answer = await platform.raw({ method: 'POST', url: books, headers: json, payload: '{"text": "x", "text": "y"}' });
      expect(answer.body).toMatchObject({ field: 'text', detail: expect.stringContaining('twice') });
    });

    it('D9 a packed body, and one in another charset, are refused by name', async () => {
      const before = await appended();
      for (const [name, value] of [
        ['content-encoding', 'gzip'],
        ['content-type', 'application/json; charset=utf-16'],
      ] as const) {
        const answer = await platform.raw({ method: 'POST', url: books, headers: { ...json, [name]: value }, payload: '{"text": "x"}' });
        expect([answer.status, answer.body.field.toLowerCase()]).toEqual([415, name]);
      }
      expect(await appended()).toBe(before);
      const asItIs = { ...json, 'content-encoding': 'identity', 'content-type': 'application/json; charset=UTF-8' };
      expect(await platform.raw({ method: 'POST', url: books, headers: asItIs, payload: '{"text": "x"}' })).toMatchObject({ status: 201 });
    });

    it('D9 too large a body says how large one may be', async () => {
      const payload = JSON.stringify({ text: 'x'.repeat(1_100_000) });
      const answer = await platform.raw({ method: 'POST', url: books, headers: json, payload });
      expect(answer.body).toMatchObject({ type: 'urn:waymark:problem:too-large', detail: expect.stringContaining('1 MiB') });
    });

    it.each(['text/csv', 'application/xml, text/html;q=0.9', 'application/json;q=0, */*;q=0.5'])(
      'A22 whoever takes %s alone is told that there is JSON only, before anything is done',
      async (accept) => {
        const { body } = await dana.post(books, { text: 'There already.' });
        const before = await appended();
        const refused = { status: 406, body: { field: 'Accept' } };
        expect(await dana.post(books, { text: 'x' }, { accept })).toMatchObject(refused);
        expect(await dana.get(`${books}/${body.id}`, { accept })).toMatchObject(refused);
        expect(await appended()).toBe(before);
      },
    );

    it.each(['*/*', 'application/*', 'text/html, application/json;q=0.1', ''])('A22 JSON is sent to whoever takes "%s"', async (accept) => {
      expect(await dana.post(books, { text: 'x' }, { accept })).toMatchObject({ status: 201 });
    });

    it.each([
      ['PUT', books, 'POST'],
      ['DELETE', `${books}/0192f3a0-0000-7000-8000-000000000001`, 'GET, HEAD'],
      ['GET', `${books}/search`, 'POST'],
      ['PUT', '/health/live', 'GET, HEAD'],
      ['QUERY', books, 'POST'],
    ] as const)('A21 %s %s is 405 and says what is taken instead', async (method, url, allow) => {
      const answer = await platform.raw({ method, url, headers: json, ...(method === 'GET' ? {} : { payload: '{broken' }) });
      expect([answer.status, answer.headers['allow'], answer.body.type]).toEqual([405, allow, 'urn:waymark:problem:method']);
    });

    it('A15 a parameter that the address does not take is refused by name: nobody is shown the present for another moment', async () => {
      const asked = `${await begun()}?asKnownAt=2026-01-01T00:00:00Z`;
      expect(await dana.get(asked)).toMatchObject({ status: 400, body: { field: 'asKnownAt' } });
      const before = await appended();
      expect(await dana.post(`${books}?dryRun=yes`, { text: 'x' })).toMatchObject({ status: 400, body: { field: 'dryRun' } });
      expect(await appended()).toBe(before);
    });

    it('D11 what failed unexpectedly is told neither to the caller nor to the log', async () => {
      const book = await begun();
      const { store } = platform.platform.engines;
      const { read } = store;
      logged.length = 0;
      platform.platform.aggregates.forget();
      Object.assign(store, {
        read: () => {
          throw new Error('Quetzalcanary cannot be read');
        },
      });
      try {
        const answer = await dana.get(book);
        expect(answer.status).toBe(500);
        expect(JSON.stringify(answer)).not.toContain('Quetzalcanary');
      } finally {
        Object.assign(store, { read });
      }
      // The control: it was logged, with its class.
      expect(logged.join('')).toMatch(/"error":"Error".*unexpected error/);
      expect(logged.join('')).not.toContain('Quetzalcanary');
    });

    it.each(['{"text": "Quetzalcanary', '{Quetzalcanary: 1}', 'Quetzalcanary', '{"text": Quetzalcanary}'])(
      "D11 a parser's words about %s are not told: they quote the body",
      async (payload) => {
        logged.length = 0;
        const answer = await platform.raw({ method: 'POST', url: books, headers: json, payload });
        expect(answer.status).toBe(400);
        expect(JSON.stringify(answer.body)).not.toContain('Quetz');
        expect(logged.join('')).not.toContain('Quetz');
        expect(logged.join('')).toContain('"status":400');
      },
    );

    it('A16 with the clock before the first policy pack, nothing is decided, and the answer says so', async () => {
      await platform.setClock('2019-01-01T09:00:00Z');
      try {
        const before = await appended();
        const answer = await dana.post(books, { text: 'x' });
        expect(answer).toMatchObject({ status: 503, body: { type: 'urn:waymark:problem:no-policy-in-force' } });
        expect(answer.body.detail).toMatch(/2025-/);
        expect(await appended()).toBe(before);
      } finally {
        await platform.setClock('2026-03-02T10:00:00Z');
      }
    });

    it('a broken rule is named, with the field', async () => {
      expect((await dana.post(books, { text: 'never' })).body).toMatchObject({
        type: 'urn:waymark:problem:rule:GEN-03',
        rule: 'GEN-03',
        field: 'text',
      });
    });

    it.each([`${books}/not-an-id`, `${books}/0192f3a0-0000-7000-8000-000000000001`, '/api/nowhere'])('%s is 404', async (path) => {
      expect(await dana.get(path)).toMatchObject({ status: 404, headers: { 'content-type': expect.stringContaining('problem+json') } });
    });

    it('a form is not JSON', async () => {
      expect(
        await platform.raw({
          method: 'POST',
          url: books,
          headers: { ...identity, 'content-type': 'application/x-www-form-urlencoded' },
          payload: 'text=x',
        }),
      ).toMatchObject({ status: 415 });
    });
  });

  describe('operation', () => {
    it('describes itself in OpenAPI 3.1, with a page to browse', async () => {
      const { body } = await platform.raw({ method: 'GET', url: '/api/openapi.json' });
      expect(body.openapi).toBe('3.1.0');
      expect(Object.keys(body.paths)).toEqual(expect.arrayContaining([books, `${books}/{id}/notes`, '/health/ready']));
      expect(body.components.schemas.NoteRequest.properties.text).toMatchObject({ maxLength: 20_000 });
      expect(await platform.raw({ method: 'GET', url: '/api' })).toMatchObject({ status: 200 });
    });

    it('describes addresses that take ids, codes and numbers, and no text', async () => {
      const { body } = await platform.raw({ method: 'GET', url: '/api/openapi.json' });
      expect(body.paths[`${books}/{id}`].get.parameters).toContainEqual(
        expect.objectContaining({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
      );
      expect(freeTextInAddresses(body)).toEqual([]);
      // The control: what is free is found.
      const loose = { name: 'search', in: 'query', schema: { type: 'string' } };
      expect(freeTextInAddresses({ paths: { '/x': { get: { parameters: [loose] } } } })).toEqual(['GET /x search']);
    });

    it('measures requests by route, never by address', async () => {
      const book = await begun();
      await dana.get(book);
      const { body } = await platform.raw({ method: 'GET', url: '/metrics' });
      expect(body).toContain(`route="${books}/:id"`);
      expect(body).not.toContain(String(book.split('/').at(-1)));
    });

    it('says that it lives and is ready', async () => {
      expect(await platform.raw({ method: 'GET', url: '/health/live' })).toMatchObject({ status: 200 });
      expect(await platform.raw({ method: 'GET', url: '/health/ready' })).toMatchObject({ status: 200, body: { status: 'ok' } });
    });

    it('moves the clock in the development profile', async () => {
      const moved = await platform.raw({ method: 'PUT', url: '/dev/clock', payload: { now: '2027-01-01T00:00:00Z' } });
      expect(moved).toMatchObject({ status: 200, body: { now: expect.stringMatching(/^2027-01-01T00:00:0/) } });
      await platform.setClock('2026-03-02T10:00:00Z');
    });

    it('A24 says of a clock that is ahead what moving it back does not undo', async () => {
      const far = await platform.raw({ method: 'PUT', url: '/dev/clock', payload: { now: '2199-01-01T00:00:00Z' } });
      expect(far).toMatchObject({ status: 200, body: { note: expect.stringContaining('delete the data folder') } });
      const back = await platform.raw({ method: 'PUT', url: '/dev/clock', payload: { now: '2026-03-02T10:00:00Z' } });
      expect(back.body).not.toHaveProperty('note');
    });
  });
});

describe('a wrong composition does not start', () => {
  const starting = (module: ServiceModule) => testPlatform([{ ...notebookService, module }], { now: '2026-03-02T09:15:00Z' });
  type ServiceModule = (typeof notebookService)['module'];

  it('two handlers of one command', async () => {
    @CommandHandler(Change)
    class Usurper {}
    @Module({ imports: [NotebookModule], providers: [Usurper] })
    class Wrong {}
    await expect(starting(Wrong)).rejects.toThrow(/Change has two handlers: ChangeHandler and Usurper/);
  });

  it('a route that does not say what it shows', async () => {
    @Controller('api/leak')
    class LeakController {
      @Get()
      all(): string {
        return 'everything';
      }
    }
    @Module({ controllers: [LeakController] })
    class Wrong {}
    await expect(starting(Wrong)).rejects.toThrow(/LeakController\.all does not say what it is/);
  });

  it('ACC-01 a route whose action the access policy does not know', async () => {
    @Controller('api/leak')
    class LeakController {
      @Shows(':id', 'One', { shows: 'what nobody declared', of: operation })
      one(@Param('id', IdParameter) id: string): string {
        return id;
      }
    }
    @Module({ controllers: [LeakController] })
    class Wrong {}
    await expect(starting(Wrong)).rejects.toThrow(/LeakController\.one says "what nobody declared"/);
  });

  it('a route that takes text from its address', async () => {
    @Controller('api/leak')
    class LeakController {
      @Shows('by-id/:id', 'One', { shows: 'a notebook', of: operation })
      one(@Param('id', IdParameter) id: string): string {
        return id;
      }
      @Shows('by-name/:name', 'One by name', { shows: 'a notebook', of: operation })
      named(@Param('name') name: string): string {
        return name;
      }
      @Shows('', 'Some by name', { shows: 'a notebook', of: operation })
      some(@Query('search') search: string): string {
        return search;
      }
    }
    @Module({ controllers: [LeakController] })
    class Wrong {}
    const fault = await starting(Wrong).catch((error: unknown) => error as Error);
    expect((fault as Error).message).toContain('LeakController.named takes name from the address');
    expect((fault as Error).message).toContain('LeakController.some takes search from the address');
    expect((fault as Error).message).not.toContain('LeakController.one');
  });
});

describe("what a process knows of the record's events", () => {
  const typesOf = (...services: Parameters<typeof vocabularyOf>[0]) =>
    vocabularyOf(services).events.filter(({ type }) => !String(type).includes('.workflow'));
  const reader = (name: string, ...reads: NonNullable<(typeof notebookService)['reads']>) => ({
    ...notebookService,
    name,
    events: [],
    reads,
  });
  const other = defineEvent('notebook.Noted.v1', { caseId: CaseId }, () => 'Another definition of the same type.');

  it('is what its services own and what they read, each once', () => {
    expect(typesOf(reader('reader', Noted)).filter(({ type }) => type === Noted.type)).toEqual([Noted]);
    expect(typesOf(reader('reader', Noted), reader('second', Noted)).filter(({ type }) => type === Noted.type)).toEqual([Noted]);
  });

  it("takes the owner's definition where the owner is here, whoever comes first", () => {
    for (const services of [
      [notebookService, reader('reader', other)],
      [reader('reader', other), notebookService],
    ])
      expect(typesOf(...services).filter(({ type }) => type === Noted.type)).toEqual([Noted]);
  });
});
