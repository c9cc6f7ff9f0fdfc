import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { plantCanaries } from '@waymark/event-store';
import { embeddedEngines, testPlatform, vocabularyOf } from '@waymark/nest';
import { pino } from 'pino';
import { services } from '../src/services.js';

const canary = 'Quetzalcanary';

/** Every file below a folder. */
const filesBelow = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });

describe('personal data', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-canary-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('of every event type of every service is found in no file of the record', async () => {
    const { events } = vocabularyOf(services);
    const { planted, sightings } = await plantCanaries({ definitions: events, folder, random: randomBytes });
    expect(events.length).toBeGreaterThan(80);
    expect(planted.length).toBeGreaterThan(80);
    expect(sightings).toEqual([]);
  }, 60_000);

  it('is in no log, no metric, no answer to a mistake, and in no file but the lists, which are purged on erasure', async () => {
    const logged: string[] = [];
    const sink = new PassThrough().on('data', (chunk: Buffer) => logged.push(chunk.toString()));
    const platform = await testPlatform(services, {
      now: '2026-03-02T09:15:00Z',
      logger: pino({ level: 'trace' }, sink),
      engines: (vocabulary, clock) => embeddedEngines({ dataFolder: folder, keysFolder: join(folder, 'keys') }, vocabulary, clock),
    });
    try {
      const dana = platform.as('dana', 'practitioner', 'fenbank-primary');
      const body = {
        authority: 'peterborough',
        source: { kind: 'public', referrer: { name: canary, contactDetails: canary } },
        child: { name: canary },
        household: [{ name: canary, relationship: 'mother' }],
        concern: canary,
      };
      const made = await dana.post('/api/referral/contacts', body, { 'idempotency-key': 'canary-1' });
      expect(made.status).toBe(201);
      expect(JSON.stringify((await dana.get(`/api/referral/contacts/${made.body.id}`)).body)).toContain(canary);
      const mistakes = await Promise.all([
        dana.post('/api/referral/contacts', { ...body, authority: canary }),
        dana.post('/api/referral/contacts', { ...body, [canary]: 1 }),
        dana.post(`/api/referral/contacts/${made.body.id}/triage`, { outcome: canary, rationale: canary }),
        dana.post('/api/referral/contacts', { ...body, concern: 'another' }, { 'idempotency-key': 'canary-1' }),
        dana.post('/api/assessment/assessments', { caseId: canary }),
        dana.get(`/api/reporting/cases?cursor=${canary}`),
        ...[`{"concern": "${canary}`, `{${canary}: 1}`, canary, `{"concern": ${canary}}`, `{"${canary}": 1, "${canary}": 2`].map(
          (payload) =>
            platform.raw({
              method: 'POST',
              url: '/api/referral/contacts',
              headers: {
                'waymark-dev-identity': 'user=dana; role=practitioner; organisation=fenbank-primary',
                'content-type': 'application/json',
              },
              payload,
            }),
        ),
      ]);
      for (const { status } of mistakes) expect(status).toBeGreaterThanOrEqual(400);
      await platform.settled();
      const metrics = (await platform.raw({ method: 'GET', url: '/metrics' })).body as string;
      // An unknown field's name is the caller's own word; it is named so that it can be mended, and nowhere kept.
      const answers = mistakes.filter((_, index) => index !== 1).map(({ body: answer }) => JSON.stringify(answer));
      expect([...logged, metrics, ...answers].filter((text) => text.includes(canary))).toEqual([]);
      expect(logged.length).toBeGreaterThan(5);
      const told = filesBelow(folder).filter((path) => readFileSync(path).includes(canary));
      expect(told.filter((path) => !path.includes('read-models.db'))).toEqual([]);
      // The control: the search finds what is there to be found.
      expect(told.length).toBeGreaterThan(0);
    } finally {
      await platform.stop();
    }
  }, 60_000);
});
