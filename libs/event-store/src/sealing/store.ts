import type { NonEmpty, StreamName, Uuid } from '@waymark/kernel';
import { KeysUnavailable, type DataKey, type Destroyed, type KeyStore, type RandomBytes } from '@waymark/keys';
import { StoreUnavailable, type After, type Appended, type CaughtUp, type EventLog, type Filter, type SealedEvent } from '../event-log.js';
import { SubjectErased, UnreadableEvent, type EventStore, type NewEvent, type Opens, type Recorded } from '../event-store.js';
import type { EventCatalogue } from './catalogue.js';
import { LostKeys } from './lost-keys.js';
import { Opener } from './opener.js';
import { RandomPool } from './random-pool.js';
import { missingSubjects, prepare, sealEvent, type Prepared } from './sealer.js';

export interface SealedEventStoreOptions {
  readonly log: EventLog;
  readonly keys: KeyStore;
  readonly catalogue: EventCatalogue;
  readonly random: RandomBytes;
}

/** An event log on which every personal value is sealed before it is written, and nothing unsealed ever is. */
export const sealedEventStore = (options: SealedEventStoreOptions): EventStore => new SealedEventStore(options);

class SealedEventStore implements EventStore {
  readonly #log: EventLog;
  readonly #keys: KeyStore;
  readonly #catalogue: EventCatalogue;
  readonly #pool: RandomPool;
  readonly #opener: Opener;
  readonly #lost: LostKeys;
  /** The event log holds the id of the key set that it is sealed with. */
  #bound = false;

  constructor({ log, keys, catalogue, random }: SealedEventStoreOptions) {
    this.#log = log;
    this.#keys = keys;
    this.#catalogue = catalogue;
    this.#pool = new RandomPool(random);
    this.#lost = new LostKeys(keys);
    this.#opener = new Opener(catalogue, keys, this.#lost);
  }

  async append(stream: StreamName, expected: number | 'none', events: NonEmpty<NewEvent>, commandId: Uuid): Promise<Appended> {
    const prepared = events.map((event) => prepare(this.#catalogue, event));
    if (!this.#bound) await this.#bind();
    const missing = missingSubjects(this.#keys, prepared);
    const provided = missing.length === 0 ? undefined : await this.#provide(missing);
    let sealed: NonEmpty<SealedEvent>;
    try {
      sealed = this.#seal(stream, prepared, provided);
    } catch (error) {
      // A command that was committed before its subject was erased is still answered with its first result.
      const first = error instanceof SubjectErased ? await this.#log.committed(stream, commandId) : undefined;
      if (first) return first;
      throw error;
    }
    return this.#log.append(stream, expected, sealed, commandId);
  }

  #seal(
    stream: StreamName,
    prepared: readonly Prepared[],
    provided: ReadonlyMap<string, DataKey | Destroyed> | undefined,
  ): NonEmpty<SealedEvent> {
    const keyOf = (subject: string) => this.#keys.peek(subject) ?? provided?.get(subject);
    return prepared.map((one) => sealEvent(stream, one, keyOf, this.#pool)) as unknown as NonEmpty<SealedEvent>;
  }

  async #bind(): Promise<void> {
    await this.#log.bindKeySet(this.#keys.id);
    this.#bound = true;
  }

  /** Durable before anything is sealed under them: a key that is lost is an event that nobody can read. */
  async #provide(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey | Destroyed>> {
    try {
      await this.#lost.assertNone(subjects);
      return await this.#keys.provide(subjects);
    } catch (error) {
      if (error instanceof KeysUnavailable) throw new StoreUnavailable(error.message, error.reason, { cause: error });
      throw error;
    }
  }

  committed(stream: StreamName, commandId: Uuid): Promise<Appended | undefined> {
    return this.#log.committed(stream, commandId);
  }

  async *read(
    stream: StreamName,
    range?: { readonly from?: number; readonly to?: number },
    opens?: Opens,
  ): AsyncIterable<readonly Recorded[]> {
    const wanted = opens && new Set(opens);
    for await (const page of this.#log.read(stream, range)) {
      const opened = this.#opener.open(page, wanted);
      yield assertReadable(opened instanceof Promise ? await opened : opened);
    }
  }

  async *readAll(
    after: After,
    options: { readonly filter?: Filter; readonly limit?: number; readonly pageSize?: number; readonly opens?: Opens } = {},
  ): AsyncIterable<readonly (Recorded | UnreadableEvent)[]> {
    const { filter, opens, ...rest } = options;
    const wanted = opens && new Set(opens);
    for await (const page of this.#log.readAll(after, filter ? { ...rest, filter: this.#widen(filter) } : rest))
      yield await this.#opener.open(page, wanted);
  }

  async *subscribe(
    after: After,
    filter: Filter | undefined,
    signal: AbortSignal,
    opens?: Opens,
  ): AsyncIterable<readonly (Recorded | UnreadableEvent)[] | CaughtUp> {
    const wanted = opens && new Set(opens);
    for await (const page of this.#log.subscribe(after, filter && this.#widen(filter), signal))
      yield 'caughtUp' in page ? page : await this.#opener.open(page, wanted);
  }

  head(): Promise<After> {
    return this.#log.head();
  }

  /** Events of an earlier type are found under the type that they read as. */
  #widen(filter: Filter): Filter {
    return filter.typePrefixes ? { ...filter, typePrefixes: this.#catalogue.widen(filter.typePrefixes) } : filter;
  }
}

const assertReadable = (events: readonly (Recorded | UnreadableEvent)[]): readonly Recorded[] => {
  for (const event of events) if (event instanceof UnreadableEvent) throw event;
  return events as readonly Recorded[];
};
