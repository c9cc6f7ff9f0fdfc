import { afterAll, describe, it } from '@jest/globals';

/** Why an engine cannot be had here, in words for whoever reads the report. */
export interface Absent {
  readonly absent: string;
}

/** Engines say which one they are, so that a report tells what was tested. */
export interface RunningEngine {
  /** Such as "PostgreSQL 15.18". */
  readonly version: string;
  stop?(): Promise<void>;
}

/**
 * Declares the suites of a real engine, or, where it cannot be had, one test that is skipped under the engine's name and a line that nobody
 * overlooks. Never passes for a test that ran. At the top of an `*.engine.spec.ts`:
 *
 * ```ts
 * await engineSuite('PostgreSQL', findPostgres, (server) => { eventLogSuite('PostgreSQL', () => harness(server), …); });
 * ```
 * An engine that is there but cannot be used is an error, not absent: let `find` throw.
 */
export const engineSuite = async <Engine extends RunningEngine>(
  engine: string,
  find: () => Promise<Engine | Absent>,
  suite: (running: Engine) => void,
): Promise<void> => {
  const found = await find();
  if ('absent' in found) {
    process.stderr.write(`\n!!! SKIPPED: ${engine}: ${found.absent}\n`);
    describe.skip(`${engine}, which could not be had`, () => it(found.absent, () => undefined));
    return;
  }
  process.stderr.write(`\n${engine}: ${found.version}\n`);
  describe(`on ${found.version}`, () => {
    suite(found);
    afterAll(() => found.stop?.());
  });
};
