import { afterEach, beforeEach, describe } from '@jest/globals';
import { delivering } from './delivering.js';
import { groups } from './groups.js';
import { publishing } from './publishing.js';
import { ended, opened, received } from './samples.js';
import { sharing } from './sharing.js';
import { BusUnderTest, type BusHarness } from './under-test.js';

export type { BusHarness };

/** What every bus does, whatever is beneath. */
export const busSuite = (name: string, harness: () => Promise<BusHarness>): void => {
  describe(`bus on ${name}`, () => {
    const the = new BusUnderTest();
    beforeEach(async () => the.begin(await harness(), [opened, ended, received]));
    afterEach(() => the.end());

    publishing(the);
    delivering(the);
    groups(the);
    sharing(the);
  });
};
