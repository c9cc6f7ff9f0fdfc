import { afterEach, beforeEach, describe } from '@jest/globals';
import type { EventLog } from '../event-log.js';
import { appending } from './appending.js';
import { commands } from './commands.js';
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
  /** The record as a crash at this moment would leave it, opened; absent as above. */
  afterCrash?(clock: HandClock): Promise<EventLog>;
  remove?(): Promise<void>;
}

/** What a chapter of the suite works with; `log` is the one opened last. */
export interface Bench {
  readonly clock: HandClock;
  readonly harness: EventLogHarness;
  log: EventLog;
}

/** What every event log keeps to, whatever engine is beneath. `durable`: the harness can reopen and crash. */
export const eventLogSuite = (name: string, harness: () => EventLogHarness, { durable }: { durable: boolean }): void => {
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
    describe('repeated commands', () => commands(bench));
    describe('reading', () => reading(bench));
    describe('subscribing', () => subscribing(bench));
    describe('orders', () => orders(bench));
    if (durable) describe('surviving', () => surviving(bench));
  });
};
