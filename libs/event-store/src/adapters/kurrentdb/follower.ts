import { setImmediate as nextTurn } from 'node:timers/promises';
import { pauseMs, realSleep } from '@waymark/async';
import { StoreUnavailable, type After, type CaughtUp, type Filter, type StoredEvent } from '../../event-log.js';
import { matches } from '../memory.js';
import { defaultPageSize } from '../pages.js';
import type { Connection } from './connection.js';
import { Feed, type FeedSignal } from './feed.js';
import type { Namespace } from './namespace.js';
import { isAfter, later } from './places.js';
import type { Reader } from './reader.js';
import type { EngineEvent } from './records.js';
import { scopeOf, wholeOf, type Scope } from './scope.js';

export interface FollowerOptions {
  readonly connection: Connection;
  readonly namespace: Namespace;
  readonly reader: Reader;
  /** Puts an error of the client into the words of the port. */
  readonly inWords: (error: unknown) => unknown;
}

type Item = readonly StoredEvent[] | CaughtUp;

const betweenTries = { firstPauseMs: 50, longestPauseMs: 5_000 };

/**
 * Follows the global order across lost connections. While it is behind, it requests only what the filter lets through. At the head it requests all
 * events of the namespace, because only a reader of every event knows where the head is; what the filter excludes is dropped here.
 */
export class Follower {
  /** The newest of our events that was passed, delivered or not. */
  #place: After;
  /** How far the server has read; a new connection goes on from here. */
  #reached: After;
  /** Passed the filter and not yet given out; kept across connections. */
  #pending: StoredEvent[] = [];
  /** In a row. */
  #failures = 0;

  constructor(
    private readonly options: FollowerOptions,
    after: After,
    private readonly filter: Filter,
    private readonly signal: AbortSignal,
  ) {
    this.#place = after;
    this.#reached = after;
  }

  async *items(): AsyncIterable<Item> {
    while (!this.signal.aborted) {
      try {
        yield* this.#connected();
      } catch (error) {
        const inWords = this.options.inWords(error);
        if (!(inWords instanceof StoreUnavailable)) throw inWords;
      }
      this.#failures += 1;
      await realSleep(pauseMs(betweenTries, this.#failures), this.signal);
    }
  }

  /** What one connection gives, until it breaks or the signal says stop. */
  async *#connected(): AsyncIterable<Item> {
    const { namespace, reader } = this.options;
    const scope = scopeOf(namespace, this.filter);
    if (scope === 'nothing' || scope.narrow) {
      // Whatever lies before this head is behind us when the server says that it has caught up.
      const head = await reader.head();
      if (scope !== 'nothing' && isAfter(head, this.#reached)) yield* this.#behind(scope);
      this.#moveTo(head);
    }
    if (!this.signal.aborted) yield* this.#atTheHead();
  }

  async *#behind(scope: Scope): AsyncIterable<Item> {
    for await (const { page, caughtUp } of this.#pages(scope)) {
      if (page.length > 0) yield page;
      if (caughtUp) return;
    }
  }

  async *#atTheHead(): AsyncIterable<Item> {
    let marked: After | undefined;
    for await (const { page, caughtUp } of this.#pages(wholeOf(this.options.namespace))) {
      if (page.length > 0) yield page;
      if (!caughtUp || marked === this.#place || this.signal.aborted) continue;
      marked = this.#place;
      yield { caughtUp: true, position: marked };
    }
  }

  /** Pages of what passes the filter; `caughtUp` when nothing more has come. */
  async *#pages(scope: Scope): AsyncIterable<{ page: readonly StoredEvent[]; caughtUp: boolean }> {
    const feed = new Feed(this.options.connection.line, this.#reached, scope);
    let caughtUp = false;
    try {
      while (!this.signal.aborted) {
        const signs = await feed.next(this.signal);
        for (const sign of signs) this.#take(sign);
        while (this.#pending.length > defaultPageSize) yield { page: this.#pending.splice(0, defaultPageSize), caughtUp: false };
        caughtUp ||= signs.some((sign) => 'caughtUp' in sign);
        // While it catches up, pages are filled; at the head nothing is held back.
        if (caughtUp || signs.some((sign) => 'checkpoint' in sign)) yield { page: this.#pending.splice(0), caughtUp };
        // The events of one append come one by one: one more turn lets them arrive together.
        await nextTurn();
      }
    } finally {
      feed.close();
    }
  }

  #take(sign: FeedSignal): void {
    if ('event' in sign) this.#pass(sign.event);
    else if ('checkpoint' in sign) this.#reached = later(this.#reached, sign.checkpoint);
    // It got somewhere, so that the next attempt need not wait long.
    this.#failures = 0;
  }

  #pass(event: EngineEvent): void {
    const found = this.options.reader.ours(event);
    if (!found || !isAfter(found.position, this.#place)) return;
    this.#moveTo(found.position);
    if (matches(found, this.filter)) this.#pending.push(found);
  }

  #moveTo(place: After): void {
    this.#place = later(this.#place, place);
    this.#reached = later(this.#reached, place);
  }
}
