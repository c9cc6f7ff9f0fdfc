import { afterAll, beforeAll, jest } from '@jest/globals';
import { PlayedServer } from '../../../test/kurrentdb/played-server.js';
import { eventLogSuite } from '../../conformance/event-log.suite.js';
import { KurrentHarness } from './harness.fixture.js';

// The real client over real connections. The server is a stand-in: kurrentdb.engine.spec.ts uses a real one.
// Hundreds of connections are opened in turn: on a busy machine one test of many takes its time.
jest.setTimeout(120_000);
const server = new PlayedServer();
beforeAll(() => server.start());
afterAll(() => server.stop());

eventLogSuite('KurrentDB, played by a stand-in,', () => new KurrentHarness(server), {
  durable: true,
  uniqueIds: false,
  networked: { restarts: true },
});
