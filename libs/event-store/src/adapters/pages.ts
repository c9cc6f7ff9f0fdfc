import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Signal } from '@waymark/async';
import type { After, CaughtUp, Filter, StoredEvent } from '../event-log.js';
import { headOf, toPlace } from './place.js';

/** What was found in one look, and how far it looked. */
export interface Page {
  readonly events: readonly StoredEvent[];
  /** Every place up to this one was looked at. */
  readonly reached: number;
  /** The newest place at that moment; beyond `reached` when there may be more. */
  readonly head: number;
}

/** An engine that answers a page at a time: an embedded one at once, one behind a network in its time. */
export interface PageSource {
  /** Notified at every commit. */
  readonly growth: Signal;
  /** `signal`: aborted when the subscriber stops; a page that is found after that is discarded. */
  page(after: number, filter: Filter | undefined, size: number, signal?: AbortSignal): Page | Promise<Page>;
}

export const defaultPageSize = 256;

interface ReadAllOptions {
  readonly filter?: Filter;
  readonly limit?: number;
  readonly pageSize?: number;
}

export async function* readAllPages(source: PageSource, after: After, options: ReadAllOptions = {}): AsyncIterable<readonly StoredEvent[]> {
  const { filter, limit = Infinity, pageSize = defaultPageSize } = options;
  let place = toPlace(after);
  for (let left = limit; left > 0;) {
    const page = await source.page(place, filter, Math.min(pageSize, left));
    if (page.events.length > 0) yield page.events;
    left -= page.events.length;
    place = page.reached;
    if (place >= page.head) return;
    // A long scan lets requests and commits in between its pages.
    await nextTurn();
  }
}

export async function* subscribePages(
  source: PageSource,
  after: After,
  filter: Filter | undefined,
  signal: AbortSignal,
): AsyncIterable<readonly StoredEvent[] | CaughtUp> {
  let place = toPlace(after);
  while (!signal.aborted) {
    const { count } = source.growth;
    const page = await source.page(place, filter, defaultPageSize, signal);
    if (signal.aborted) return;
    if (page.events.length > 0) yield page.events;
    place = Math.max(place, page.reached);
    if (signal.aborted) return;
    if (page.reached < page.head) {
      await nextTurn();
      continue;
    }
    yield { caughtUp: true, position: headOf(place) };
    await source.growth.changedSince(count, signal);
  }
}
