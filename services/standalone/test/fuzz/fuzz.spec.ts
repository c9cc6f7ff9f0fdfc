import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testPlatform, type TestPlatform } from '@waymark/nest';
import fc from 'fast-check';
import { services } from '../../src/services.js';
import { attemptsAt, type Attempt, type World } from './attempt.js';
import { routesOf, type Document, type Route } from './document.js';
import { familiesOf } from './family.js';
import { faultsOf } from './verdict.js';

/** For a long search: `npm test -- services/standalone/test/fuzz --globals '{"fuzzRuns":2000}'`. */
const { fuzzRuns: runs = 40, fuzzSeed: seed = 20260302 } = globalThis as { fuzzRuns?: number; fuzzSeed?: number };

const start = async (): Promise<{ platform: TestPlatform; world: World; routes: readonly Route[] }> => {
  const platform = await testPlatform(services, { now: '2026-03-16T10:00:00Z' });
  const document = (await platform.raw({ method: 'GET', url: '/api/openapi.json' })).body as Document;
  return { platform, world: { document, known: await familiesOf(platform) }, routes: routesOf(document) };
};

/** The clock is moved by a route of its own; a search among moments would leave no day that the next one knows. */
const isSearched = ({ path }: Route): boolean => path !== '/dev/clock';

/** The smallest request that shows it, on one line. */
const told = ({ method, path }: Route, { message }: Error, sent: Attempt | undefined): string =>
  `${method} ${path} ${message}: ${JSON.stringify(sent)}`.slice(0, 1_000);

const contexts = ['referral', 'assessment', 'planning', 'targeted-support', 'reporting', 'health', 'metrics'];

const belongsTo = ({ path }: Route, context: string): boolean => path.split('/').includes(context);

it('leaves no address out but the clock', async () => {
  const { platform, routes } = await start();
  await platform.stop();
  const left = routes.filter((route) => !contexts.some((context) => belongsTo(route, context)));
  expect([...new Set(left.map(({ path }) => path))]).toEqual(['/dev/clock']);
}, 60_000);

describe.each(contexts)('whatever is sent to %s', (context) => {
  let platform: TestPlatform;
  let world: World;
  let routes: readonly Route[];
  beforeAll(async () => {
    ({ platform, world, routes } = await start());
  }, 60_000);
  afterAll(() => platform.stop());

  it(
    'is done, or refused in so many words with nothing written',
    async () => {
      const here = routes.filter((route) => isSearched(route) && belongsTo(route, context));
      expect(here.length).toBeGreaterThan(0);
      const found: string[] = [];
      for (const route of here) {
        const property = fc.asyncProperty(attemptsAt(route, world), async (attempt) => {
          const faults = await faultsOf(platform, attempt);
          if (faults.length > 0) throw new Error(faults.join('; '));
        });
        const { failed, counterexample, errorInstance } = await fc.check(property, { seed, numRuns: runs });
        if (failed) found.push(told(route, errorInstance as Error, counterexample?.[0]));
      }
      expect(found).toEqual([]);
      await platform.settled();
      const parked = platform.platform.reactions.status().filter(({ parkedCases }) => parkedCases > 0);
      expect(parked.map(({ name }) => name)).toEqual([]);
    },
    1_000 * 60 * 60,
  );
});
