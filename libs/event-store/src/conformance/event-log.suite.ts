import { afterEach, beforeEach, describe, it } from '@jest/globals';
import type { EventLog } from '../event-log.js';
import { appending } from './appending.js';
import { commands } from './commands.js';
import { copying } from './copying.js';
import { ids, notUnique } from './ids.js';
import type { Network } from './network.js';
import { networked, restarted } from './networked.js';
import { orders } from './orders.js';
import { reading } from './reading.js';
import { HandClock } from './samples.js';
import { subscribing } from './subscribing.js';
import { surviving } from './surviving.js';

export interface EventLogHarness {
  /** An event log with nothing in it. */
  open(clock: HandClock): Promise<EventLog>;
  /** The same record opened again after a close; absent where nothing outlives the process. */
  reopen?(clock: HandClock): Promise<EventLog>;
  /** The event log as a crash at this moment would leave it, opened; absent as above. */
  afterCrash?(clock: HandClock): Promise<EventLog>;
  /** For an engine that is reached by a network. */
  readonly networked?: NetworkedHarness;
  remove?(): Promise<void>;
}

export interface NetworkedHarness {
  /** Between the engine and every log that the harness opens. */
  readonly network: Network;
  /** The same record as another process has it, reached by a way of its own that nothing happens to. */
  another(clock: HandClock): Promise<EventLog>;
  /** Stops the engine and starts it again, waiting until it is back. */
  restart?(): Promise<void>;
}

/** What a chapter of the suite works with; `log` is the one opened last. */
export interface Bench {
  readonly clock: HandClock;
  readonly harness: EventLogHarness;
  log: EventLog;
}

export interface SuiteOptions {
  /** The harness can reopen and crash. */
  readonly durable: boolean;
  /** The engine keeps event ids unique in the event log; true by default. */
  readonly uniqueIds?: boolean;
  /** The harness has a network; `restarts`: and can restart its engine. */
  readonly networked?: { readonly restarts: boolean };
}

/** What every event log keeps to, whatever engine is beneath. */
export const eventLogSuite = (name: string, harness: () => EventLogHarness, options: SuiteOptions): void => {
  describe(`${name} as an event log`, () => {
    let current: Bench;
    beforeEach(async () => {
      const [clock, made] = [new HandClock(), harness()];
      current = { clock, harness: made, log: await made.open(clock) };
    });
    afterEach(async () => {
      await current.log.close();
      await current.harness.remove?.();
    });
    const bench = () => current;

    describe('appending', () => appending(bench));
    describe('ids of events', () => (options.uniqueIds === false ? notUnique(name) : ids(bench)));
    describe('repeated commands', () => commands(bench));
    describe('reading', () => reading(bench));
    describe('subscribing', () => subscribing(bench));
    describe('orders', () => orders(bench));
    describe('copying', () => copying(bench));
    if (options.durable) describe('surviving', () => surviving(bench));
    if (options.networked) describe('networked', () => networked(bench));
    if (options.networked) describe('restarted', () => (options.networked?.restarts ? restarted(bench) : notRestarted(name)));
  });
};

/** Counted as skipped, by name: this engine cannot be restarted from here. */
const notRestarted = (name: string): void => {
  process.stderr.write(`\n!!! SKIPPED: restarts of ${name}: nobody said how to restart the engine that the suite was given\n`);
  it.skip('keeps what was acknowledged, and writers and subscribers go on by themselves', () => undefined);
};
