import { findMongo, findMongoItself, newDatabase, type TestServer } from '@waymark/mongo/testing';
import { engineSuite } from '@waymark/testing';
import { readModelSuite } from '../../conformance/read-model.suite.js';
import { openMongoReadModels } from './store.js';

const suite = (server: TestServer): void =>
  readModelSuite('MongoDB', async () => {
    const database = await newDatabase(server);
    return {
      open: () => openMongoReadModels(database.connection),
      reopen: async (store) => {
        await store.close();
        return openMongoReadModels(await database.connect());
      },
      cleanUp: () => database.drop(),
    };
  });

await engineSuite('MongoDB', findMongo, suite);
await engineSuite('MongoDB itself', findMongoItself, suite);
