import { serviceOf, sourceOf, type Delivery, type Message } from '@waymark/messaging';
import type { Change, Document, ReadModelStore } from '@waymark/read-model';
import { inboxCollection, type TakenTypes } from './taken-types.js';

interface Mark extends Document {
  readonly position: string;
}
interface EarlierMark extends Document {
  readonly positions: readonly string[];
}

/** Of a case, a source and a contract: which of their messages were taken. */
interface Place {
  /** Of the mark in the store. */
  readonly id: string;
  /** Of a mark of a build that did not tell contracts apart; undefined where none counts. */
  readonly untypedId: string | undefined;
  /** Up to here it is told by itself what was taken, behind it by how far it goes. */
  readonly since: string;
  /** How far it was taken as the store has it, '' where there is no mark; undefined until it was asked for. */
  taken: string | undefined;
  /** The last message of the batch at hand that was let through. */
  passed: string;
  /** What was taken of what stands at `since` or before; undefined until it was asked for. */
  earlier: ReadonlySet<string> | undefined;
  /** Of the batch at hand, that too. */
  passedEarlier: Set<string>;
}

/**
 * Which messages a consumer has taken: for each case, source and contract the position of the last one, in one small document written with the effect. By
 * contract, so that of an event that publishes several every one is taken.
 *
 * Not a list of ids, which would grow for ever or forget: a relay publishes the events of a case in the order of their positions, each contract once an
 * event, and the bus keeps the order of a key. So the first coming of messages of a contract only goes up, and whatever is not above the mark is a repeat.
 * That does not hold for what was recorded before the consumer began to take the contract ({@link TakenTypes}): when it is published again it comes behind
 * what is newer. Of that, which no longer grows, each position is noted.
 */
export class Inbox {
  private readonly collection: string;
  /** The last position of all that were taken here. */
  private highest = '';
  /** Good for as long as nobody else takes messages of the partition. */
  private readonly places: Places;

  /** What lies behind this position, nobody can have taken of whom these places do not know; undefined where that is not known of any. */
  private newBehind: string | undefined;

  constructor(
    consumer: string,
    private readonly store: ReadModelStore,
    types: Pick<TakenTypes, 'since' | 'isUntyped'>,
  ) {
    this.collection = inboxCollection(consumer);
    this.places = new Places(types);
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
    await this.learn(own.filter((place, index) => !this.isNew(deliveries[index]!) && !isEarlier(place, deliveries[index]!.message)));
    await this.learnEarlier(own.filter((place, index) => isEarlier(place, deliveries[index]!.message)));
    for (const place of own) {
      place.passed = place.taken ?? '';
      if (place.since !== '') place.passedEarlier = new Set(place.earlier);
    }
    return deliveries.filter(({ message }, index) => lets(own[index]!, message));
  }

  /** @returns what is kept in mind once its marks are written: see {@link written} */
  note(deliveries: readonly Delivery[]): Noted {
    const noted: Noted = { last: new Map(), earlier: new Map() };
    for (const { message } of deliveries) {
      const place = this.places.of(message);
      if (!isEarlier(place, message)) noted.last.set(place, message.position);
      else noted.earlier.set(place, (noted.earlier.get(place) ?? new Set(place.earlier)).add(message.position));
    }
    return noted;
  }

  marks({ last, earlier }: Noted): readonly Change[] {
    return [
      ...Array.from(last, ([{ id }, position]) => ({ put: { id, position }, in: this.collection })),
      ...Array.from(earlier, ([{ id }, positions]) => ({
        put: { id: earlierId(id), positions: [...positions].sort() },
        in: this.collection,
      })),
    ];
  }

  written({ last, earlier }: Noted): void {
    for (const [place, position] of last) {
      place.taken = position;
      if (position > this.highest) this.highest = position;
    }
    for (const [place, positions] of earlier) place.earlier = positions;
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
    const ids = Array.from(unknown, ({ id, untypedId }) => (untypedId === undefined ? [id] : [id, untypedId])).flat();
    const kept = await this.store.getMany<Mark>(this.collection, [...new Set(ids)]);
    const positionAt = (id: string | undefined) => (id === undefined ? '' : (kept.get(id)?.position ?? ''));
    for (const place of unknown) {
      const [typed, untyped] = [positionAt(place.id), positionAt(place.untypedId)];
      place.taken = typed > untyped ? typed : untyped;
    }
  }

  private async learnEarlier(places: readonly Place[]): Promise<void> {
    const unknown = new Set(places.filter(({ earlier }) => earlier === undefined));
    if (unknown.size === 0) return;
    const ids = Array.from(unknown, ({ id }) => earlierId(id));
    const kept = await this.store.getMany<EarlierMark>(this.collection, ids);
    for (const place of unknown) place.earlier = new Set(kept.get(earlierId(place.id))?.positions);
  }
}

interface Noted {
  readonly last: Map<Place, string>;
  readonly earlier: Map<Place, Set<string>>;
}

const earlierId = (id: string): string => `${id} earlier`;

const isEarlier = ({ since }: Place, { position }: Message): boolean => position <= since;

/** Lets the first of its position through, and remembers that for the batch at hand. */
const lets = (place: Place, message: Message): boolean => {
  const { position } = message;
  if (isEarlier(place, message)) {
    if (place.passedEarlier.has(position)) return false;
    place.passedEarlier.add(position);
    return true;
  }
  if (position <= place.passed) return false;
  place.passed = position;
  return true;
};

/** About 200 bytes each; every partition of a consumer has its own. */
const mostKnown = 5_000;

/** Looked up by source, contract and case, so that an id is put together once for each of them and not for each message. */
class Places {
  private readonly byOrigin = new Map<string, Map<string, Map<string, Place>>>();
  private count = 0;

  constructor(private readonly types: Pick<TakenTypes, 'since' | 'isUntyped'>) {}

  get size(): number {
    return this.count;
  }

  clear(): void {
    this.byOrigin.clear();
    this.count = 0;
  }

  of({ key, source, type }: Pick<Message, 'key' | 'source' | 'type'>): Place {
    const ofType = within(within(this.byOrigin, source), type);
    const known = ofType.get(key);
    if (known) return known;
    const untypedId = this.types.isUntyped(type) ? `${key} ${source}` : undefined;
    const place: Place = {
      ...{ id: `${key} ${source} ${type}`, untypedId, since: this.types.since(type) },
      ...{ taken: undefined, passed: '', earlier: undefined, passedEarlier: new Set() },
    };
    ofType.set(key, place);
    this.count += 1;
    return place;
  }
}

const within = <V>(map: Map<string, Map<string, V>>, key: string): Map<string, V> => {
  const known = map.get(key);
  if (known) return known;
  const made = new Map<string, V>();
  map.set(key, made);
  return made;
};
