import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { embedded, startServices, type Running } from '@waymark/nest';
import { HttpClient } from '../src/http-client.js';
import { migrate } from '../src/migrate/migrate.js';
import { services } from '../src/services.js';
import { goldenAnswers, goldenFolders, unpackGoldenFolder } from './golden/golden-folder.js';

const [build = ''] = goldenFolders;

const start = (folder: string, keysFolder = join(folder, 'keys')): Promise<Running> =>
  startServices({
    title: 'Waymark on a record that was moved',
    services,
    progress: () => undefined,
    config: {
      ...{ profile: 'development', dataFolder: folder, keysFolder },
      ...{ host: '127.0.0.1', port: 0, logLevel: 'silent', demo: false, ...embedded },
    },
  });

describe('moving a record', () => {
  let folder: string;
  let target: string;
  let said: string[];
  const call = (from: string, to: string, environment: Record<string, string> = {}) =>
    migrate({ from, to, environment, folder, say: (line) => void said.push(line) });

  beforeEach(() => {
    folder = unpackGoldenFolder(build);
    target = mkdtempSync(join(tmpdir(), 'waymark-moved-'));
    said = [];
  });
  afterEach(() => {
    for (const path of [folder, target]) rmSync(path, { recursive: true, force: true });
  });

  it('keeps every event, and the platform starts on it with fresh lists and tells every case the same', async () => {
    await call(`sqlite:${folder}`, `sqlite:${target}`);
    expect(said.at(-1)).toMatch(/^Copied \d{4} events; both records were compared and are the same\.$/);
    const running = await start(target, join(folder, 'keys'));
    try {
      const auditor = new HttpClient(running.address).as('ada', 'auditor', 'council', 'audit');
      for (const [caseId, { chronology }] of Object.entries(goldenAnswers(build))) {
        const { body } = await auditor.get(`/api/reporting/cases/${caseId}/chronology?limit=200`);
        expect((body.items as { tells: string }[]).slice(0, chronology.length).map(({ tells }) => tells)).toEqual(
          chronology.slice(0, 200).map(({ tells }) => tells),
        );
      }
      expect(await running.platform.reactions.parked()).toEqual([]);
    } finally {
      await running.stop();
    }
  }, 60_000);

  it('finds nothing left to do when it is called again', async () => {
    await call(`sqlite:${folder}`, `sqlite:${target}`);
    await call(`sqlite:${folder}`, `sqlite:${target}`);
    expect(said.at(-1)).toMatch(/^Copied 0 events, after \d{4} that were there already;/);
  });

  it('refuses a call that names no record, none that is there, or one place twice, before anything is written', async () => {
    await expect(call('sqlite', 'oracle')).rejects.toThrow(/^oracle: name a record as sqlite/);
    await expect(call(`sqlite:${folder}`, 'postgres')).rejects.toThrow(/^WAYMARK_POSTGRES_URL: needed/);
    await expect(call(`sqlite:${folder}`, 'postgres', { WAYMARK_POSTGRES_URL: 'mysql://nobody' })).rejects.toThrow(
      /^WAYMARK_POSTGRES_URL: must/,
    );
    await expect(call(`sqlite:${target}`, `sqlite:${folder}`)).rejects.toThrow(/there is no record at/);
    await expect(call(`sqlite:${folder}`, `sqlite:${folder}`)).rejects.toThrow(/name the same place/);
  });

  it('says of a record that Waymark has open that it is in use', async () => {
    const running = await start(folder);
    try {
      await expect(call(`sqlite:${folder}`, `sqlite:${target}`)).rejects.toThrow(/is in use by another process/);
    } finally {
      await running.stop();
    }
  }, 60_000);
});
