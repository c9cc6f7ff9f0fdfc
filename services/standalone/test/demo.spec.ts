import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { embedded, startServices, type Running } from '@waymark/nest';
import { Demonstration, demonstrate } from '../src/demo/demonstration.js';
import { withDemonstration } from '../src/demo/demonstration.module.js';
import { readMarker } from '../src/demo/marker.js';
import { HttpClient } from '../src/http-client.js';
import { services } from '../src/services.js';

describe('the demonstration borough on the embedded engines', () => {
  let folder: string;
  let running: Running;
  const demonstration = new Demonstration();
  const said: string[] = [];

  const around = async (signal: AbortSignal) => ({
    ...{ address: running.address, dataFolder: folder, wanted: true, signal },
    empty: (await running.platform.engines.store.head()) === 'start',
    say: (line: string) => void said.push(line),
  });
  const auditor = () => new HttpClient(running.address).as('ada', 'auditor', 'council', 'audit');
  const page = async () => (await fetch(`${running.address}/`)).text();

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'waymark-demo-'));
    running = await startServices({
      title: 'Waymark with its demonstration',
      services: withDemonstration(services, demonstration),
      progress: () => undefined,
      config: {
        ...{ profile: 'development', dataFolder: folder, keysFolder: join(folder, 'keys') },
        ...{ host: '127.0.0.1', port: 0, logLevel: 'silent', demo: true, ...embedded },
      },
    });
  }, 60_000);
  afterAll(async () => {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('says while it loads that it does, at its address and on the page, and stops when it is told to', async () => {
    const ending = new AbortController();
    const load = demonstrate(demonstration, await around(ending.signal));
    while (demonstration.now().of === 0 || (await auditor().get('/api/reporting/overview')).body.cases < 3)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await (await fetch(`${running.address}/dev/demonstration`)).json()) as object).toMatchObject({ state: 'loading', of: 42 });
    expect(await page()).toContain('It is being loaded');
    ending.abort();
    await load;
    expect(readMarker(folder)).toMatchObject({ state: 'loading' });
    expect(said.at(-1)).toContain('the next start finishes the demonstration');
    expect((await auditor().get('/api/reporting/overview')).body.cases).toBeLessThan(42);
  }, 120_000);

  it('is finished after an interruption, with no step refused, no case parked and every stage there', async () => {
    await demonstrate(demonstration, await around(new AbortController().signal));
    expect(said.at(-1)).toMatch(/^The demonstration borough is loaded: 42 invented families/);
    expect(demonstration.now()).toEqual({ state: 'loaded', families: 42, of: 42 });
    expect(await page()).not.toContain('It is being loaded');

    const { body } = await auditor().get('/api/reporting/overview');
    expect(body.cases).toBe(42);
    const stages = Object.fromEntries(
      body.byAuthority.map(({ authority, byStage }: { authority: string; byStage: { stage: string; cases: number }[] }) => [
        authority,
        Object.fromEntries(byStage.map(({ stage, cases }) => [stage, cases])),
      ]),
    );
    expect(stages).toEqual({
      peterborough: {
        ...{ contact: 1, 'mash-enquiry': 1, 'hub-enquiry': 1, advice: 3, 'no-further-action': 1, 'social-care': 1, recommended: 1 },
        ...{ refused: 1, assessment: 4, 'hub-checks': 1, plan: 7, closed: 3 },
      },
      cambridgeshire: {
        ...{ contact: 1, 'hub-enquiry': 1, advice: 2, 'no-further-action': 1, recommended: 1, refused: 1 },
        ...{ assessment: 2, 'hub-checks': 1, accepted: 1, plan: 4, review: 1, closed: 1 },
      },
    });
    expect(body.overdue).toBeGreaterThanOrEqual(4);
    expect(body.drifting).toBe(1);
    for (const { name } of services) expect((await auditor().get(`/api/${name}/operation/parked`)).body.items).toEqual([]);
  }, 300_000);

  it('gives the clock back, and does nothing when it is there already', async () => {
    const { now } = (await (await fetch(`${running.address}/dev/clock`)).json()) as { now: string };
    expect(Math.abs(Date.parse(now) - Date.now())).toBeLessThan(60_000);
    const before = await running.platform.engines.store.head();
    await demonstrate(demonstration, await around(new AbortController().signal));
    expect(await running.platform.engines.store.head()).toBe(before);
    expect(demonstration.now().state).toBe('loaded');
  });
});
