import { afterEach, describe, expect, it } from '@jest/globals';
import { CaseId, defineContract } from '@waymark/kernel';
import { Subscriber } from '@waymark/event-processing';
import { testPlatform, type ServiceDefinition, type TestPlatform } from '../src/index.js';
import { notebookService } from './notebook.fixture.js';

const noted = defineContract('earlyhelp.notebook.noted.v1', { caseId: CaseId });
const seen: string[] = [];
const service: ServiceDefinition = {
  ...notebookService,
  publishes: { contracts: [noted], publish: ({ caseId }) => [{ contract: noted, data: { caseId } }] },
  reactions: ({ log }) => [
    new Subscriber({ name: 'notebook.watch', opens: [], effect: async (events) => void seen.push(...events.map(({ type }) => type)) }, log),
  ],
};
const type = String(noted.type);
const route = `/api/notebook/operation/contracts/${type}/republish`;

describe('a service with a contract and a reaction of its own', () => {
  let platform: TestPlatform;
  afterEach(() => platform.stop());
  const started = async () => {
    platform = await testPlatform([service], { now: '2026-03-02T09:15:00Z' });
    const dana = platform.as('dana', 'practitioner', 'fenbank-primary');
    expect((await dana.post('/api/notebook/books', { text: 'A note.' })).status).toBe(201);
    await platform.settled();
    return { dana, sam: platform.as('sam', 'support-officer', 'council', 'operation') };
  };

  it('B5 publishes the contract again by command, shows how far it is, and refuses what is no contract, no date and nobody to command it', async () => {
    const { dana, sam } = await started();
    expect((await sam.get(route)).status).toBe(404);
    expect(await sam.post(route, {})).toMatchObject({ status: 202, body: { id: type, state: 'running', from: null } });
    for (let look = 0; look < 200 && (await sam.get(route)).body.state !== 'done'; look += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await sam.get(route)).body).toMatchObject({ state: 'done', published: 1, left: 0, failure: null });
    const ends = await platform.platform.engines.bus.endOffsets([String(noted.topic)]);
    expect([...ends.values()].reduce((sum, end) => sum + end, 0)).toBe(2);
    expect((await sam.post(route, { from: 'yesterday' })).status).toBe(400);
    expect((await sam.post(route.replace('noted', 'unheard-of'), {})).status).toBe(404);
    expect((await dana.post(route, {})).status).toBe(403);
  });

  it('B11 runs and shows the reaction like all others, though nobody but the service knows its kind', async () => {
    const { sam } = await started();
    expect(seen).toContain('notebook.Noted.v1');
    const { items } = (await sam.get('/api/notebook/operation/reactions')).body as { items: { name: string; running: boolean }[] };
    expect(items.find(({ name }) => name === 'notebook.watch')).toMatchObject({ running: true });
  });
});
