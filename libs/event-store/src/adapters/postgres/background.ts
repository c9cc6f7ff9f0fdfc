import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from '../../event-log.js';
import type { Page } from '../pages.js';
import { slowly } from '../slowly.js';

const slice = 100;
/** A server that is away is asked again after so long. */
const awayMs = 60_000;
/** From the end of one check to the next: what is damaged while the record is in use is found by it. */
const betweenMs = 24 * 60 * 60 * 1_000;

interface Checked {
  /** Every event behind a place, its checksum tried, none missing. */
  readonly page: (after: number, size: number) => Promise<Page>;
  /** Looks for the events in each index. */
  readonly assertEntries: (after: number, to: number) => Promise<void>;
  readonly told: (error: unknown) => unknown;
  /** A process that has just started has other things to do. */
  readonly beginAfterMs: number;
  /** Called once with the damage; then it ends. */
  readonly failed: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** Reads every event from the first on and looks for it in each index, slowly, and again every day. No transaction lasts longer than a slice. */
export const checkInBackground = async (checked: Checked): Promise<void> => {
  const { beginAfterMs, failed, signal } = checked;
  let place = 0;
  const next = async (): Promise<boolean> => {
    const { events, reached } = await checked.page(place, slice);
    if (events.length > 0) await checked.assertEntries(place, reached);
    place = reached;
    return events.length === 0;
  };
  for (let pauseMs = beginAfterMs; ;) {
    try {
      await sleep(pauseMs, undefined, { signal, ref: false });
      await slowly(next, signal);
      [place, pauseMs] = [0, betweenMs];
    } catch (error) {
      if (signal.aborted) return;
      const found = checked.told(error);
      if (!(found instanceof StoreUnavailable)) return failed(found);
      pauseMs = awayMs;
    }
  }
};
