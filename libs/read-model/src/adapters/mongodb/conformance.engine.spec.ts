import { findMongo, newDatabase } from '@waymark/mongo/testing';
import { engineSuite } from '@waymark/testing';
import { readModelSuite } from '../../conformance/read-model.suite.js';
import { openMongoReadModels } from './store.js';

await engineSuite('MongoDB', findMongo, (server) => {
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
});
