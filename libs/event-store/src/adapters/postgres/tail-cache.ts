import { StoreUnusable, type Filter, type StoredEvent } from '../../event-log.js';
import { matches } from '../memory.js';
import type { Page } from '../pages.js';

const mostEvents = 1_000;
/** UTF-16 units of sealed data, which is nearly all that an event takes. */
const mostLength = 4_000_000;
/** The first query may have begun before the announced events were visible; the second has not. */
const mostLooks = 2;

export interface TailCacheOptions {
  /** Everything after a place, up to some page's size. */
  readonly everything: (after: number) => Promise<Page>;
  /** The newest position that was announced. */
  readonly told: () => number;
}

/**
 * The newest part of the event log, read once for all subscribers of a process. They all wake at one commit, each for another part of what is new and most
 * of them for nothing: one by one they would make two queries each for every append, which costs more than the append itself.
 */
export class TailCache {
  /** Those after place `#from` and up to `#to`, side by side. */
  #events: StoredEvent[] = [];
  #from = 0;
  #to = -1;
  #length = 0;
  /** Whether the last look left something. */
  #more = false;
  #looking: Promise<void> | undefined;

  constructor(private readonly options: TailCacheOptions) {}

  /** A subscriber has reached the end of the event log at this position. Does nothing where the cache already reaches that far. */
  begin(place: number): void {
    if (this.#to >= place) return;
    [this.#events, this.#from, this.#to, this.#length, this.#more] = [[], place, place, 0, false];
  }

  /** Drops everything, because the event log is not what it was. */
  forget(): void {
    this.#to = -1;
  }

  /** The page after a position, as a reader would return it; undefined where it is not cached, or cannot be read. */
  async page(after: number, filter: Filter | undefined, size: number): Promise<Page | undefined> {
    const told = this.options.told();
    try {
      for (let looks = 0; looks < mostLooks && this.#keeps(after) && this.#to < told; looks += 1) await this.#look();
    } catch (error) {
      // The reader reports the place of the damage, and only to those whose events it concerns.
      if (!(error instanceof StoreUnusable)) throw error;
      this.forget();
    }
    return this.#keeps(after) ? this.#after(after, filter, size) : undefined;
  }

  #keeps(after: number): boolean {
    return after >= this.#from && after <= this.#to;
  }

  #after(after: number, filter: Filter | undefined, size: number): Page {
    const events: StoredEvent[] = [];
    let reached = after;
    for (let index = after - this.#from; index < this.#events.length && events.length < size; index += 1) {
      const event = this.#events[index]!;
      if (!filter || matches(event, filter)) events.push(event);
      reached += 1;
    }
    return { events, reached, head: this.#more ? this.#to + 1 : this.#to };
  }

  #look(): Promise<void> {
    this.#looking ??= this.#extend().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #extend(): Promise<void> {
    const to = this.#to;
    const { events, reached, head } = await this.options.everything(to);
    // Begun anew, or forgotten, while the server answered.
    if (this.#to !== to) return;
    for (const event of events) this.#length += event.data.length;
    this.#events.push(...events);
    [this.#to, this.#more] = [reached, head > reached];
    this.#letGo();
  }

  #letGo(): void {
    let dropped = 0;
    while (this.#events.length - dropped > mostEvents || this.#length > mostLength) {
      this.#length -= this.#events[dropped]!.data.length;
      dropped += 1;
    }
    this.#events = dropped > 0 ? this.#events.slice(dropped) : this.#events;
    this.#from += dropped;
  }
}
