import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module, Param } from '@nestjs/common';
import type { About } from '@waymark/access';
import { collect } from '@waymark/event-store';
import { instant, streamOf, type CaseId, type UserId, type OrganisationId } from '@waymark/kernel';
import { idOf } from '@waymark/testing';
import { ErasedCounts } from '../src/erasure/erased-counts.js';
import {
  caseOf,
  CaseLists,
  CaseRecords,
  Context,
  IdParameter,
  Shows,
  ShowsNothingPersonal,
  testPlatform,
  type RequestContext,
  type TestPlatform,
} from '../src/index.js';
import { shows } from '@waymark/access';
import { notebook, NotebookModule, notebookService } from './notebook.fixture.js';

/** A handler with a fault: it reads what its address says, not what the gate was told of. */
@Controller('api/notebook/readings')
class ReadingsController {
  constructor(private readonly records: CaseRecords) {}

  @Shows(':id/of/:other', 'The notes of a book', { shows: 'the notes of a book', of: caseOf(notebook, 'id') })
  async notes(@Param('other', IdParameter) other: string, @Context() context: RequestContext): Promise<object> {
    return { items: (await this.records.events(notebook, other, context)).map(({ data }) => data) };
  }

  @ShowsNothingPersonal('notes', 'The notes of a book, for everybody', { shows: 'how many books there are' })
  async forEverybody(@Context() context: RequestContext): Promise<object> {
    return { items: await this.records.events(notebook, book.one, context) };
  }

  @ShowsNothingPersonal('count', 'How many books there are', { shows: 'how many books there are' })
  async count(@Context() context: RequestContext): Promise<object> {
    return { books: await this.records.count('notebook.cases', [], context) };
  }
}

@Module({ imports: [NotebookModule], controllers: [ReadingsController] })
class ReadingsModule {}

const service = {
  ...notebookService,
  module: ReadingsModule,
  access: {
    ...notebookService.access,
    ...shows('the notes of a book', 'notebook.read', 'professional'),
    ...shows('how many books there are', 'notebook.count', 'professional'),
  },
};

let platform: TestPlatform;
let records: CaseRecords;
const book = { one: '', other: '' };
const caseId = { one: '' as CaseId, other: '' as CaseId };
const dana = () => platform.as('dana', 'practitioner', 'fenbank-primary');

beforeAll(async () => {
  platform = await testPlatform([service], { now: '2026-03-02T09:15:00Z' });
  for (const which of ['one', 'other'] as const) {
    const { body } = await dana().post('/api/notebook/books', { text: `Told by ${which}.` });
    [book[which], caseId[which]] = [body.id, body.caseId];
  }
  const { store, readModels } = platform.platform.engines;
  await readModels.declare({ name: 'notebook.list', indexes: ['caseId', 'status'] });
  const listed = (['one', 'other'] as const).map((which) => ({ id: book[which], caseId: caseId[which], status: 'open' }));
  await readModels.write({ changes: listed.map((put) => ({ put, in: 'notebook.list' })) });
  records = new CaseRecords(store, readModels);
  await platform.settled();
});
afterAll(() => platform.stop());

const past: RequestContext = {
  actor: { user: 'dana' as UserId, role: 'practitioner', organisation: 'fenbank-primary' as OrganisationId },
  purpose: 'early-help',
  now: instant('2026-03-02T09:15:00Z'),
  expected: undefined,
  ...{ correlationId: idOf('correlation'), commandId: idOf('request') },
};
const about = (of: About): RequestContext => ({ ...past, granted: { about: of, withheld: new Map() } });
const ofOne = () => about({ caseId: caseId.one, authority: 'peterborough', record: book.one, relationships: [] });

/** Everything that a handler may ask of one case. */
const readings: Readonly<Record<string, (which: 'one' | 'other', context: RequestContext) => Promise<readonly unknown[]>>> = {
  'the events of a record': (which, context) => records.events(notebook, book[which], context),
  'the document of a case': async (which, context) => [await records.document('notebook.cases', caseId[which], context)],
  'an aggregate': async (which, context) => [await platform.runner.find(notebook, book[which], context)],
  'an aggregate for evidence': async (which, context) => {
    const { version } = await platform.runner.findOptional(notebook, book[which], context);
    return [{ version, caseId: caseId[which] }];
  },
  'the documents of a case': (which, context) =>
    records.documents('notebook.list', { caseId: caseId[which], where: [{ field: 'status', is: 'open' }] }, context),
  'the whole record of a case': async (which, context) => collect(records.whole(caseId[which], context).readAll('start')),
};

describe('ACC-01 what handlers read', () => {
  it.each(Object.entries(readings))('holds %s to the case that the gate settled', async (_, read) => {
    const [shown] = await read('one', ofOne());
    expect([(shown as { caseId?: string }).caseId, (shown as { id: string }).id]).toContain(caseId.one);
    await expect(read('other', ofOne())).rejects.toThrow(TypeError);
  });

  it.each(Object.entries(readings))(
    'refuses %s to a request that never passed the gate, and to one that is about no case',
    async (_, read) => {
      await expect(read('one', past)).rejects.toThrow('past the gate');
      for (const none of ['nobody', 'many', 'new'] as const) await expect(read('one', about(none))).rejects.toThrow(TypeError);
    },
  );

  it('of a stream that several cases share is what is of this case', async () => {
    const whole = records.whole(caseId.one, ofOne());
    expect(await collect(whole.read(streamOf(notebook, book.one)))).toHaveLength(1);
    expect(await collect(whole.read(streamOf(notebook, book.other)))).toEqual([]);
    expect(await collect(whole.readAll('start', { filter: { caseId: caseId.other } }))).toMatchObject([{ caseId: caseId.one }]);
  });

  it('is none of another record than there is', async () => {
    expect(await records.events(notebook, idOf('no book'), ofOne())).toEqual([]);
  });

  it('is counted over all cases by a route alone that shows nothing personal', async () => {
    const counted = new ErasedCounts(platform.platform.engines.store);
    expect(await records.count('notebook.cases', [], about('nobody'))).toBe(2);
    expect(await counted.counted(about('nobody'))).toEqual({ cases: [], children: [] });
    for (const context of [past, ofOne(), about('many')]) {
      await expect(records.count('notebook.cases', [], context)).rejects.toThrow(TypeError);
      await expect(counted.counted(context)).rejects.toThrow(TypeError);
    }
  });

  it('beside a list is of a page that passed the gate', async () => {
    const lists = new CaseLists(platform.platform.engines.readModels, { listed: () => Promise.resolve() } as never);
    const position = null;
    const may = { action: 'notebook.read', position, reach: { cases: [caseId.one], mayRead: async () => [true] } };
    const granted = { about: 'many' as const, withheld: new Map(), list: may };
    const page = await lists.find('notebook.list', {}, { ...past, granted });
    expect([...(await lists.beside(page, 'notebook.cases')).keys()]).toEqual([caseId.one]);
    await expect(lists.beside({ ...page }, 'notebook.cases')).rejects.toThrow(TypeError);
  });

  it("answers 500 with nothing shown where a handler reads another case than its route's", async () => {
    const own = await dana().get(`/api/notebook/readings/${book.one}/of/${book.one}`);
    expect(own).toMatchObject({ status: 200, body: { items: [{ text: 'Told by one.' }] } });
    const faults = [`${book.one}/of/${book.other}`, 'notes'];
    for (const fault of faults) {
      const { status, body } = await dana().get(`/api/notebook/readings/${fault}`);
      expect([status, body.type]).toEqual([500, 'urn:waymark:problem:unexpected']);
      expect(JSON.stringify(body)).not.toMatch(/Told by|TypeError|gate/);
      for (const id of [...Object.values(book), ...Object.values(caseId)])
        expect(JSON.stringify({ ...body, instance: '' })).not.toContain(id);
    }
    expect((await dana().get('/api/notebook/readings/count')).body).toEqual({ books: 2 });
  });
});
