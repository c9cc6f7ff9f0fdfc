import { realSleep } from '@waymark/async';
import { UnreadableEvent, type After, type EventStore, type Recorded } from '@waymark/event-store';
import { later, positionOf, reached } from '@waymark/event-processing';

export interface RecentEventIndexOptions {
  readonly store: Pick<EventStore, 'head' | 'subscribe'>;
  /** Whose events are noted. */
  readonly services: readonly string[];
  /** How many places are kept at most, of all services together; 10,000 by default. */
  readonly mostKept?: number;
}

const againMs = 500;

/**
 * The positions of other services' events in the newest part of the event log, noted as they are recorded. A subscription costs next to nothing, where one
 * query for each waiting request would cost the server more than the request itself.
 */
export class RecentEventIndex {
  private readonly over = new AbortController();
  private readonly places = new Map<string, After[]>();
  private begun: After | undefined;
  private newest: After = 'start';
  private following: Promise<void> | undefined;

  constructor(private readonly options: RecentEventIndexOptions) {}

  /** What lies behind this is noted; undefined until it begins to follow. */
  get from(): After | undefined {
    return this.begun;
  }

  /** Up to here all is noted. */
  get seen(): After {
    return this.newest;
  }

  /** Begins at the current head of the event log. @throws StoreUnavailable */
  async follow(): Promise<void> {
    if (this.following || this.options.services.length === 0) return;
    const head = await this.options.store.head();
    if (this.following || this.over.signal.aborted) return;
    [this.begun, this.newest] = [head, head];
    this.following = this.goOn();
  }

  /** The first event of a service behind a place, which lies behind `from`. Those up to there are dropped, since later calls start further on. */
  firstAfter(service: string, place: After): After | undefined {
    const places = this.places.get(service) ?? [];
    const passed = places.findIndex((other) => !reached(place, other));
    this.places.set(service, passed < 0 ? [] : places.slice(passed));
    return passed < 0 ? undefined : places[passed];
  }

  async stop(): Promise<void> {
    this.over.abort();
    await this.following;
  }

  private async goOn(): Promise<void> {
    const { signal } = this.over;
    while (!signal.aborted) {
      // Waiting requests are answered a little later meanwhile; whoever else uses the event log reports what is wrong with it.
      await this.read().catch(() => realSleep(againMs, signal));
    }
  }

  private async read(): Promise<void> {
    const { store, services } = this.options;
    const filter = { streamPrefixes: services.map((service) => `${service}.`) };
    for await (const entry of store.subscribe(this.newest, filter, this.over.signal, [])) {
      if ('caughtUp' in entry) this.newest = later(entry.position, this.newest);
      else for (const item of entry) this.note(item);
    }
  }

  private note(item: Recorded | UnreadableEvent): void {
    const { stream } = item instanceof UnreadableEvent ? item.at : item;
    const service = stream.slice(0, stream.indexOf('.'));
    const position = positionOf(item);
    const places = this.places.get(service);
    if (places) places.push(position);
    else this.places.set(service, [position]);
    this.newest = position;
    this.letGo();
  }

  /** A service that is down for days leaves ever more unpublished; the event log itself is queried then. */
  private letGo(): void {
    const kept = [...this.places.values()].reduce((sum, { length }) => sum + length, 0);
    if (kept <= (this.options.mostKept ?? 10_000)) return;
    this.places.clear();
    this.begun = this.newest;
  }
}
