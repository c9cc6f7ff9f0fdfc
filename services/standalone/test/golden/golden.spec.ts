import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { embedded, startServices, type Running } from '@waymark/nest';
import { HttpClient, type Person } from '../../src/http-client.js';
import { services } from '../../src/services.js';
import { goldenAnswers, goldenFolders, unpackGoldenFolder, type GoldenEntry } from './golden-folder.js';

const start = (folder: string): Promise<Running> =>
  startServices({
    title: 'Waymark on a folder of an earlier build',
    services,
    progress: () => undefined,
    config: {
      ...{ profile: 'development', dataFolder: folder, keysFolder: join(folder, 'keys') },
      ...{ host: '127.0.0.1', port: 0, logLevel: 'silent', demo: false, ...embedded },
    },
  });

const chronologyOf = async (auditor: Person, caseId: string): Promise<GoldenEntry[]> => {
  const entries: GoldenEntry[] = [];
  for (let cursor = ''; ;) {
    const { status, body } = await auditor.get(`/api/reporting/cases/${caseId}/chronology?limit=200${cursor}`);
    if (status !== 200) throw new Error(`the chronology of ${caseId} answers ${status}`);
    entries.push(...(body.items as GoldenEntry[]));
    if (body.next === undefined) return entries;
    cursor = `&cursor=${encodeURIComponent(body.next as string)}`;
  }
};

const asThen = ({ type, stream, position, occurredAt, recordedAt, who, purpose, policy, tells }: GoldenEntry): GoldenEntry => ({
  ...{ type, stream, position, occurredAt, recordedAt, who, purpose, policy, tells },
});

describe.each(goldenFolders)('a data folder written by the build of %s', (build) => {
  const then = goldenAnswers(build);
  let folder: string;
  let running: Running;
  let auditor: Person;

  beforeAll(async () => {
    folder = unpackGoldenFolder(build);
    running = await start(folder);
    auditor = new HttpClient(running.address).as('ada', 'auditor', 'council', 'audit');
  }, 120_000);
  afterAll(async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('starts, and nothing of it is parked', async () => {
    expect(Object.keys(then).length).toBeGreaterThan(40);
    expect(await running.platform.reactions.parked()).toEqual([]);
  });

  it('tells every case as it told it then, event by event', async () => {
    for (const [caseId, { chronology }] of Object.entries(then)) {
      const now = await chronologyOf(auditor, caseId);
      // What fell due since stands behind what was there.
      expect(now.slice(0, chronology.length).map(asThen)).toEqual(chronology);
    }
  }, 60_000);

  it('replays every case to the same state, from the log and from its streams', async () => {
    for (const [caseId, { streams }] of Object.entries(then)) {
      const { status, body } = await auditor.get(`/api/reporting/cases/${caseId}/replay`);
      expect({ caseId, status, same: body.same as boolean }).toEqual({ caseId, status: 200, same: true });
      const versions = Object.fromEntries(
        (body.streams as { stream: string; versionFromLog: number }[]).map(({ stream, versionFromLog }) => [stream, versionFromLog]),
      );
      for (const [stream, version] of Object.entries(streams)) expect(versions[stream]).toBeGreaterThanOrEqual(version);
    }
  }, 60_000);

  it('lists every case with its authority, reference and child', async () => {
    for (const [caseId, { listed }] of Object.entries(then)) {
      const { body } = await auditor.get(`/api/reporting/cases/${caseId}`);
      expect(body).toMatchObject({ authority: listed.authority, reference: listed.reference, child: { name: listed.child.name } });
    }
  });

  it('takes in something new, and starts a second time', async () => {
    const school = new HttpClient(running.address).as('dana', 'practitioner', 'fenbank-primary');
    const received = await school.post('/api/referral/contacts', {
      authority: 'peterborough',
      source: { kind: 'professional', referrer: { name: 'Dana Reyes' } },
      child: { name: 'Amir Haddad', dateOfBirth: '2018-05-14' },
      household: [],
      concern: 'Amir is absent a lot.',
      reasons: ['persistent-absence'],
    });
    expect(received.status).toBe(201);
    await running.stop();
    running = await start(folder);
    auditor = new HttpClient(running.address).as('ada', 'auditor', 'council', 'audit');
    const { body } = await auditor.get(`/api/reporting/cases/${String(received.body.caseId)}/replay`);
    expect(body.same).toBe(true);
  }, 60_000);
});
