import { mongoUrl, newDatabase } from '../../../../mongo/test/database.js';
import { readModelSuite } from '../../conformance/read-model.suite.js';
import { openMongoReadModels } from './store.js';

readModelSuite('MongoDB', async () => {
  const database = await newDatabase(mongoUrl ?? '');
  return {
    open: () => openMongoReadModels(database.connection),
    reopen: async (store) => {
      await store.close();
      return openMongoReadModels(await database.connect());
    },
    cleanUp: () => database.drop(),
  };
});
