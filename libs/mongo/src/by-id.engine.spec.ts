import { engineSuite } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findByIds } from './by-id.js';
import { databaseOf, serverOf, type Server } from './server.js';
import { findMongo, newDatabase, type TestDatabase } from './testing/database.js';

interface Row {
  readonly _id: string;
  readonly body: string;
  readonly more: number;
}

await engineSuite('MongoDB', findMongo, (server) => {
  let database: TestDatabase;
  beforeEach(async () => (database = await newDatabase(server)));
  afterEach(() => database.drop());

  describe('the rows of some ids', () => {
    it.each([0, 1, 2, 8, 9, 40])('are those that are there, however many are asked for (%d)', async (count) => {
      const rows = databaseOf(database.connection).collection<Row>('rows');
      await rows.insertMany(Array.from({ length: 40 }, (_, n) => ({ _id: `row ${n}`, body: `body ${n}`, more: n })));
      const ids = Array.from({ length: count }, (_, n) => `row ${n}`);
      const products: readonly Server['product'][] = [(await serverOf(database.connection)).product, 'MongoDB', 'FerretDB'];
      for (const product of products) {
        const found = await findByIds({ product }, rows, [...ids, 'not there'], { body: 1 });
        expect([...found].sort((a, b) => Number(a._id.slice(4)) - Number(b._id.slice(4)))).toEqual(
          ids.map((_id) => ({ _id, body: _id.replace('row', 'body') })),
        );
      }
    });
  });
});
