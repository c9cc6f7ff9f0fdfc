import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { collect } from '@waymark/event-store';
import { derivedId, streamOf, type CaseId, type OrganisationId, type UserId } from '@waymark/kernel';
import { testPlatform, type RequestContext, type TestPlatform } from '../src/index.js';
import { notebook, notebookService } from './notebook.fixture.js';

const commandId = derivedId('a request');
const caseId = derivedId('a case') as unknown as CaseId;
const book = derivedId('a book');

describe('the commands of one request', () => {
  let platform: TestPlatform;
  const contextOfNow = (): RequestContext => ({
    ...{
      actor: { user: 'dana' as UserId, role: 'practitioner', organisation: 'fenbank-primary' as OrganisationId },
      purpose: 'early-help',
    },
    ...{ correlationId: commandId, commandId, now: platform.platform.clock.now(), expected: undefined },
  });
  /** A handler that writes twice to one stream. */
  const twice = async (): Promise<readonly (readonly [number, string])[]> => {
    const context = contextOfNow();
    const note = (text: string) =>
      platform.runner.begin(notebook, book, { kind: 'Note', caseId, text }, { context, request: {}, authority: 'peterborough' });
    const answers = [await note('The first.'), await note('The second.')];
    return answers.map(({ version, position }) => [version, position]);
  };
  const texts = async () =>
    (await collect(platform.platform.engines.store.read(streamOf(notebook, book)))).map(({ data }) => (data as { text: string }).text);

  beforeEach(async () => {
    platform = await testPlatform([notebookService], { now: '2026-03-02T09:15:00Z' });
  });
  afterEach(() => platform.stop());

  it('B10 are each recorded, also where two go to one stream', async () => {
    await twice();
    expect(await texts()).toEqual(['The first.', 'The second.']);
  });

  it('B10 come to their first results when the request is repeated', async () => {
    const first = await twice();
    expect(await twice()).toEqual(first);
    expect(await texts()).toEqual(['The first.', 'The second.']);
  });
});

describe('a case whose authority is not known here', () => {
  it('A7 is answered 503 in words: nothing is decided under a guess', async () => {
    const deaf = { ...notebookService.projections[0]!, project: () => undefined };
    const platform = await testPlatform([{ ...notebookService, projections: [deaf] }], { now: '2026-03-02T09:15:00Z' });
    const dana = platform.as('dana', 'practitioner', 'fenbank-primary');
    const { body } = await dana.post('/api/notebook/books', { text: 'The first.' });
    const answer = await dana.post(`/api/notebook/books/${body.id}/notes`, { text: 'The second.' });
    expect(answer).toMatchObject({ status: 503, body: { detail: expect.stringContaining('under which authority this case is') } });
    expect(await collect(platform.platform.engines.store.read(streamOf(notebook, body.id)))).toHaveLength(1);
    await platform.stop();
  });
});
