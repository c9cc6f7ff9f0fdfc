import { afterEach, beforeEach, describe } from '@jest/globals';
import { batches } from './batches.js';
import { documents } from './documents.js';
import { lasting } from './lasting.js';
import { queries } from './queries.js';
import { StoreUnderTest, type ReadModelHarness } from './under-test.js';

export type { ReadModelHarness };

/** What every read-model store does, whatever is beneath. */
export const readModelSuite = (name: string, harness: () => Promise<ReadModelHarness>): void => {
  describe(`read-model store on ${name}`, () => {
    const the = new StoreUnderTest(name);
    beforeEach(async () => the.begin(await harness()));
    afterEach(() => the.end());

    documents(the);
    queries(the);
    batches(the);
    lasting(the);
  });
};
