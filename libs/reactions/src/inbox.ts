import { serviceOf, sourceOf, type Delivery, type Message } from '@waymark/messaging';
import type { Change, Document, ReadModelStore } from '@waymark/read-model';
import { splitName } from './dead-letter.js';

interface Mark extends Document {
  position: string;
}

/** Of a case and a source: how far their messages were taken. */
interface Place {
  /** Of the mark in the store. */
  readonly id: string;
  /** The mark as it stands in the store, '' where there is none; undefined until it was asked for. */
  taken: string | undefined;
  /** The last message of the batch at hand that was let through. */
  passed: string;
}

/**
 * Which messages a consumer has taken: for each case and source the position of the last one, in one small document written with the effect.
 *
 * Not a list of ids, which would grow for ever or forget: a relay publishes the events of a case in the order of their positions, one message an
 * event, and the bus keeps the order of a key. So the first coming of messages only goes up, and whatever is not above the mark is a repeat.
 */
export class Inbox {
  private readonly collection: string;
  /** The last position of all that were taken here. */
  private highest = '';
  /** Good for as long as nobody else takes messages of the partition. */
  private readonly places = new Places();

  /** What lies behind this position, nobody can have taken of whom these places do not know; undefined where that is not known of any. */
  private newBehind: string | undefined;

  constructor(
    consumer: string,
    private readonly store: ReadModelStore,
  ) {
    const [service, name] = splitName(consumer);
    this.collection = `${service}.inbox-${name}`;
  }

  declare(): Promise<void> {
    return this.store.declare({ name: this.collection, indexes: [] });
  }

  /** Somebody else may have taken messages since. */
  forget(): void {
    this.places.clear();
    this.newBehind = undefined;
  }

  /**
   * @param head where the record of all sources ended at a moment since which nobody else has taken messages of the partition: what was recorded later
   *   need not be looked up
   */
  begin(head: string): void {
    this.newBehind = head === 'start' ? '' : head;
  }

  /** Those that have not been taken, repeats within the batch left out too. */
  async fresh(deliveries: readonly Delivery[]): Promise<readonly Delivery[]> {
    if (this.places.size > mostKnown) this.makeRoom();
    const own = deliveries.map(({ message }) => this.places.of(message));
    await this.learn(own.filter((_, index) => !this.isNew(deliveries[index]!)));
    for (const place of own) place.passed = place.taken ?? '';
    return deliveries.filter(({ message }, index) => {
      const place = own[index]!;
      if (message.position <= place.passed) return false;
      place.passed = message.position;
      return true;
    });
  }

  /** @returns what is kept in mind once its marks are written: see {@link written} */
  note(deliveries: readonly Delivery[]): Noted {
    const noted = new Map<Place, string>();
    for (const { message } of deliveries) noted.set(this.places.of(message), message.position);
    return noted;
  }

  marks(noted: Noted): readonly Change[] {
    return Array.from(noted, ([{ id }, position]) => ({ put: { id, position }, in: this.collection }));
  }

  written(noted: Noted): void {
    for (const [place, position] of noted) {
      place.taken = position;
      if (position > this.highest) this.highest = position;
    }
  }

  /** Positions of another source than the topic's own service may be of another record. */
  private isNew({ topic, message: { source, position } }: Delivery): boolean {
    return this.newBehind !== undefined && position > this.newBehind && source === sourceOf(serviceOf(topic));
  }

  private makeRoom(): void {
    this.places.clear();
    if (this.newBehind !== undefined && this.highest > this.newBehind) this.newBehind = this.highest;
  }

  private async learn(places: readonly Place[]): Promise<void> {
    const unknown = new Set(places.filter(({ taken }) => taken === undefined));
    if (unknown.size === 0) return;
    const kept = await this.store.getMany<Mark>(
      this.collection,
      Array.from(unknown, ({ id }) => id),
    );
    for (const place of unknown) place.taken = kept.get(place.id)?.position ?? '';
  }
}

type Noted = ReadonlyMap<Place, string>;

/** About 200 bytes each; every partition of a consumer has its own. */
const mostKnown = 5_000;

/** Looked up by source and case, so that an id is put together once for each of them and not for each message. */
class Places {
  private readonly bySource = new Map<string, Map<string, Place>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  clear(): void {
    this.bySource.clear();
    this.count = 0;
  }

  of({ key, source }: Pick<Message, 'key' | 'source'>): Place {
    let ofSource = this.bySource.get(source);
    if (!ofSource) this.bySource.set(source, (ofSource = new Map<string, Place>()));
    const known = ofSource.get(key);
    if (known) return known;
    const place = { id: `${key} ${source}`, taken: undefined, passed: '' };
    ofSource.set(key, place);
    this.count += 1;
    return place;
  }
}
