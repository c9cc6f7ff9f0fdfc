import { engineSuite } from '@waymark/testing';
import { eventLogSuite } from '../../conformance/event-log.suite.js';
import { findPostgres, PostgresHarness } from './harness.fixture.js';

await engineSuite('PostgreSQL', findPostgres, (server) =>
  eventLogSuite('PostgreSQL', () => new PostgresHarness(server), {
    durable: true,
    networked: { restarts: server.restart !== undefined },
  }),
);
