import { idleSleep } from '@waymark/async';
import type { StoreUnusable } from '../../event-log.js';
import { checkedThrough } from '../checked.js';
import type { Page } from '../pages.js';
import { slowly } from '../slowly.js';

const slice = 100;
/** From the end of one check to the next, so that damage is found while the event log is in use. */
const betweenMs = 24 * 60 * 60 * 1_000;

interface Checked {
  /** Every event behind a place, its checksum tried, none missing. */
  readonly page: (after: number, size: number) => Promise<Page>;
  /** Looks for the events in each index. */
  readonly assertEntries: (after: number, to: number) => Promise<void>;
  readonly damageIn: (error: unknown) => StoreUnusable | undefined;
  readonly inWords: (error: unknown) => unknown;
  /** A process that has just started has other things to do. */
  readonly beginAfterMs: number;
  /** Called once with the damage; then it ends. */
  readonly failed: (damage: StoreUnusable) => void;
  /** Called with the reason at the first failure that is no damage, once until a check has come through; it is tried again from where it was. */
  readonly kept: (why: string) => void;
  readonly againMs?: number | undefined;
  readonly signal: AbortSignal;
}

/** Reads every event from the first on and looks for it in each index, slowly, and again every day. No transaction lasts longer than a slice. */
export const checkInBackground = async (checked: Checked): Promise<void> => {
  const { beginAfterMs, signal } = checked;
  let place = 0;
  const next = async (): Promise<boolean> => {
    const { events, reached } = await checked.page(place, slice);
    if (events.length > 0) await checked.assertEntries(place, reached);
    place = reached;
    return events.length === 0;
  };
  for (let pauseMs = beginAfterMs; ; pauseMs = betweenMs) {
    await idleSleep(pauseMs, signal);
    if (!(await checkedThrough(() => slowly(next, signal), checked))) return;
    place = 0;
  }
};
