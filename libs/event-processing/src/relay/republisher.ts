import { pauseMs, realSleep } from '@waymark/async';
import { UnreadableEvent, type After, type Position, type Recorded } from '@waymark/event-store';
import { isNonEmpty, type AnyContract, type AnyEventDefinition, type Instant } from '@waymark/kernel';
import type { Bus, Message } from '@waymark/messaging';
import type { Collection, Document } from '@waymark/read-model';
import { placeOf } from '../core/checkpoint.js';
import { parkedCollection, splitName } from '../core/dead-letter.js';
import { concernsAll, isTransient, troubleOf } from '../core/failure.js';
import { positionOf, type LogItem } from '../log/log-source.js';
import { allLetters } from '../core/parked-cases.js';
import { reached } from '../core/checkpoint.js';
import { filterOf, type SealedOf } from '../projections/projection.js';
import { messagesOf, type Relay } from './relay.js';
import { foreverRetry } from '../core/retries.js';
import type { LogReactionDeps } from '../log/log-subscription.js';

/** How far a contract is with being published again. One document for each contract, so that it goes on where a process was lost. */
export interface Republication extends Document {
  /** The contract's type. */
  readonly id: string;
  readonly state: 'running' | 'done' | 'failed';
  /** Of what was recorded from then on; null: of all. */
  readonly from: Instant | null;
  /** As far as the relay had published when it was commanded: what comes behind that is published anyway. */
  readonly upTo: After;
  /** Up to here it is done. */
  readonly place: After;
  /** Events looked at, and messages published. */
  readonly read: number;
  readonly published: number;
  /** Events that are parked at the relay, or cannot be read or published now: their messages are left out. */
  readonly left: number;
  readonly failure: string | null;
}

export interface RepublisherOptions {
  readonly relay: Relay;
  readonly contracts: readonly AnyContract[];
  readonly bus: Pick<Bus, 'publish'>;
  readonly deps: LogReactionDeps;
  /** Events that are published in one go; 500 by default. */
  readonly pageSize?: number;
}

const defaultPageSize = 500;

/** Publishes one contract of a service again from the log: the same messages under the same ids. Who has taken them knows them for repeats. */
export class Republisher {
  readonly service: string;
  private readonly topics: ReadonlyMap<string, string>;
  private readonly collection: Collection;
  private readonly running = new Map<string, Promise<void>>();
  private readonly over = new AbortController();

  constructor(private readonly options: RepublisherOptions) {
    [this.service] = splitName(options.relay.name);
    this.topics = new Map(options.contracts.map(({ type, topic }) => [String(type), String(topic)]));
    this.collection = { name: `${this.service}.republications`, indexes: [] };
  }

  publishes(type: string): boolean {
    return this.topics.has(type);
  }

  /** The newest of a contract; undefined where there was none. */
  async find(type: string): Promise<Republication | undefined> {
    await this.options.deps.readModel.declare(this.collection);
    return this.options.deps.readModel.get<Republication>(this.collection.name, type);
  }

  /** Begins one, goes on with the same one that was cut off, or shows the one that runs here. */
  async start(type: string, from: Instant | null): Promise<Republication> {
    const before = await this.find(type);
    if (before && this.running.has(type)) return before;
    const begun =
      before && before.state !== 'done' && before.from === from
        ? { ...before, state: 'running' as const, failure: null }
        : await this.begin(type, from);
    await this.keep(begun);
    const run = this.run(begun).finally(() => this.running.delete(type));
    this.running.set(type, run);
    return begun;
  }

  /** Resolves when nothing is published any more; what is cut off goes on when it is commanded again. */
  async stop(): Promise<void> {
    this.over.abort();
    await this.idle();
  }

  async idle(): Promise<void> {
    await Promise.all(this.running.values());
  }

  private async begin(id: string, from: Instant | null): Promise<Republication> {
    const upTo = placeOf(await this.options.deps.readModel.checkpoint(this.options.relay.name));
    return { id, state: 'running', from, upTo, place: 'start', read: 0, published: 0, left: 0, failure: null };
  }

  private async run(begun: Republication): Promise<void> {
    let now = begun;
    for (let failures = 1; !this.over.signal.aborted; failures += 1) {
      try {
        for await (const next of this.pages(now)) [now, failures] = [next, 1];
        return;
      } catch (error) {
        this.options.deps.onFailure?.(`${this.service}.republication`, error);
        if (!isTransient(error)) return this.fail(now, error);
      }
      await (this.options.deps.sleep ?? realSleep)(pauseMs(foreverRetry, failures), this.over.signal);
    }
  }

  private async fail(now: Republication, error: unknown): Promise<void> {
    const { error: name, message } = troubleOf(error);
    await this.keep({ ...now, state: 'failed', failure: `${name}: ${message}` }).catch(() => undefined);
  }

  private async *pages(from: Republication): AsyncIterable<Republication> {
    const { relay, deps, pageSize = defaultPageSize } = this.options;
    const parked = await this.parked();
    const filter = filterOf(relay.handles);
    let now = from;
    for await (const page of deps.store.readAll(now.place, { ...(filter ? { filter } : {}), opens: [], pageSize })) {
      if (this.over.signal.aborted) return;
      const wanted = page.filter((item) => reached(now.upTo, positionOf(item)));
      now = await this.take(now, wanted, parked);
      yield now;
      if (wanted.length < page.length) break;
    }
    yield await this.keep({ ...now, state: 'done', place: now.upTo });
  }

  private async take(before: Republication, page: readonly LogItem[], parked: ReadonlyMap<string, string>): Promise<Republication> {
    const last = page.at(-1);
    if (!last) return before;
    const messages: Message[] = [];
    let left = 0;
    for (const item of page) {
      const made = this.messagesOf(item, before, parked);
      if (made === 'left') left += 1;
      else messages.push(...made);
    }
    const refused = await this.publish(before.id, messages);
    const [read, published] = [before.read + page.length, before.published + messages.length - refused];
    return this.keep({ ...before, place: positionOf(last), read, published, left: before.left + left + refused });
  }

  private messagesOf(item: LogItem, { id, from }: Republication, parked: ReadonlyMap<string, string>): readonly Message[] | 'left' {
    if (item instanceof UnreadableEvent) return 'left';
    if (from !== null && item.recordedAt < from) return [];
    // The relay publishes it when it is replayed there; before it, what comes behind it would be taken first.
    if (isParked(item, parked)) return 'left';
    try {
      const published = messagesOf(this.service, this.options.relay, item as SealedOf<AnyEventDefinition>);
      return published.map(({ message }) => message).filter(({ type }) => type === id);
    } catch (error) {
      this.options.deps.onFailure?.(`${this.service}.republication`, error);
      return 'left';
    }
  }

  /** @returns how many the bus refused, each for itself */
  private async publish(type: string, messages: readonly Message[]): Promise<number> {
    const topic = this.topics.get(type);
    if (topic === undefined || !isNonEmpty(messages)) return 0;
    try {
      await this.options.bus.publish(topic, messages);
      return 0;
    } catch (error) {
      if (concernsAll(error)) throw error;
      if (messages.length === 1) return 1;
      let refused = 0;
      for (const one of messages) refused += await this.publish(type, [one]);
      return refused;
    }
  }

  /** Of each key that the relay has parked, the position from which on. */
  private async parked(): Promise<ReadonlyMap<string, string>> {
    const { readModel } = this.options.deps;
    const collection = parkedCollection(this.options.relay.name);
    await readModel.declare(collection);
    const first = new Map<string, string>();
    for (const { key, order } of await allLetters(readModel, collection.name)) if (!first.has(key)) first.set(key, order);
    return first;
  }

  private async keep(now: Republication): Promise<Republication> {
    await this.options.deps.readModel.write({ changes: [{ put: now, in: this.collection.name }] });
    return now;
  }
}

const isParked = ({ caseId, stream, position }: Recorded, parked: ReadonlyMap<string, string>): boolean => {
  const from = parked.get(caseId ?? stream);
  return from !== undefined && position >= (from as Position);
};
