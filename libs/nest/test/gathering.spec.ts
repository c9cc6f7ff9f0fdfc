import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { CaseId, count, defineContract, derivedId } from '@waymark/kernel';
import { memoryEngines, type Engines } from '../src/engines/engines.js';
import { replica, type ServiceDefinition } from '../src/platform/service-definition.js';
import { testPlatform, type TestPlatform } from '../src/index.js';
import { notebookService } from './notebook.fixture.js';

const heard = defineContract('earlyhelp.bookshop.heard.v1', { n: count() });
const copies = { name: 'notebook.copies', indexes: [] };
const listening: ServiceDefinition = {
  ...notebookService,
  replicas: [
    replica({
      name: 'notebook.heard-copy',
      collections: [copies],
      takes: [heard],
      outOf: [heard],
      take: ({ key }, documents) => documents.put(copies.name, { id: key }),
    }),
  ],
};

describe('a service whose engines are a journey away', () => {
  let platform: TestPlatform | undefined;
  let engines: Engines;
  const start = async (service: ServiceDefinition, more: Partial<Engines> = {}) => {
    platform = await testPlatform([service], {
      now: '2026-03-02T09:15:00Z',
      contracts: [heard],
      engines: (vocabulary, clock) => (engines = { ...memoryEngines(vocabulary, clock), ...more }),
    });
    return platform;
  };
  const stop = async () => {
    await platform?.stop();
    platform = undefined;
  };
  afterEach(stop);

  const noted = async (on: TestPlatform) => {
    const dana = on.as('dana', 'practitioner', 'fenbank-primary');
    expect((await dana.post('/api/notebook/books', { text: 'first' })).status).toBe(201);
    await on.settled();
    return engines.readModels.checkpoint('notebook.relay');
  };

  it('has its relay note how far it has come later, where engines say for how long to gather, and when it stops', async () => {
    const on = await start(notebookService, { gatherMs: 600_000 });
    expect(await noted(on)).toBe('start');
    const head = await engines.store.head();
    let last = 'start';
    const write = engines.readModels.write.bind(engines.readModels);
    engines.readModels.write = (batch) => {
      if (batch.checkpoint?.subscriber === 'notebook.relay') last = batch.checkpoint.position;
      return write(batch);
    };
    await stop();
    expect(last).toBe(head);
  });

  it('has it note so at once where they do not', async () => {
    expect(await noted(await start(notebookService))).toBe(await engines.store.head());
  });

  it('does not look up a message that was recorded after it began to listen', async () => {
    const on = await start(listening);
    const asked = jest.spyOn(engines.readModels, 'getMany');
    const caseId = CaseId.parse(derivedId('case', 'gathering'));
    await on.publish(heard, caseId, { n: 1 });
    await on.settled();
    expect(await engines.readModels.get(copies.name, caseId)).toEqual({ id: caseId });
    expect(asked.mock.calls.filter(([collection]) => collection.includes('.inbox-'))).toEqual([]);
  });
});
