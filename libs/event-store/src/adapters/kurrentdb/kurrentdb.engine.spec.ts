import { available, startKurrentDb } from '@waymark/engines';
import { engineSuite, type Absent, type RunningEngine } from '@waymark/testing';
import { eventLogSuite } from '../../conformance/event-log.suite.js';
import { KurrentHarness, type KurrentServer } from './harness.fixture.js';

/** A running server without TLS that WAYMARK_TEST_KURRENTDB_URL names, or one that is started here. */
const findKurrentDb = async (): Promise<(KurrentServer & RunningEngine) | Absent> => {
  const { WAYMARK_TEST_KURRENTDB_URL: given } = process.env;
  if (given) return { ...addressOf(given), version: `KurrentDB at ${addressOf(given).host}` };
  const offered = await available('kurrentdb');
  if (!offered.available) return { absent: `${offered.why}. WAYMARK_TEST_KURRENTDB_URL may name a running one` };
  const started = await startKurrentDb();
  const { restart, stop, version } = started;
  return { ...addressOf(started.url), version: `KurrentDB ${version}`, restart, stop };
};

const addressOf = (url: string): { readonly host: string; readonly port: number } => {
  const { hostname: host, port } = new URL(url.replace(/^[a-z]+:/, 'http:'));
  return { host, port: Number(port || 2113) };
};

await engineSuite('KurrentDB', findKurrentDb, (server) =>
  eventLogSuite('KurrentDB', () => new KurrentHarness(server), {
    durable: true,
    uniqueIds: false,
    networked: { restarts: server.restart !== undefined },
  }),
);
