import { pauseMs, type Retry, type Sleep } from '@waymark/async';
import { isNonEmpty, type Clock, type NonEmpty } from '@waymark/kernel';
import type { ReadModelStore } from '@waymark/read-model';
import type { DeadLetter, ParkedBecause } from './dead-letter.js';
import { concernsAll, Interrupted, troubleOf, type Trouble } from './failure.js';
import { firstLetter, ParkedCases } from './parked-cases.js';
import { UnitOfWork } from './unit-of-work.js';

export type ProcessorStore = Pick<ReadModelStore, 'get' | 'getMany' | 'write'>;

/** What a processor needs to know of the items that run on it: events of the log, or messages of the bus. */
export interface Source<I> {
  readonly keyOf: (item: I) => string;
  /** Ordered among those of a key by plain string comparison. */
  readonly orderOf: (item: I) => string;
  readonly typeOf: (item: I) => string;
  /** Whether a parked item would not be taken if it arrived now: it was parked by a build that parked what it did not know. */
  readonly passesOver?: (item: I) => boolean;
  /** Why an item cannot even be tried. */
  readonly unusable: (item: I) => (Trouble & { readonly because: ParkedBecause }) | undefined;
  /** Where to find it again, and the way back. */
  readonly originOf: (item: I) => DeadLetter['origin'];
  readonly recall: (origin: DeadLetter['origin']) => Promise<I>;
  /**
   * Writes the documents together with the note that the items were taken; with none, the documents alone. Refused as stale when anybody, in
   * whichever process, committed since this source last read where it stands.
   * @throws StaleCheckpoint
   */
  readonly commit: (work: UnitOfWork, taken: readonly I[]) => Promise<void>;
  /** Told, and waited for, before items are parked. */
  readonly parking?: (parked: NonEmpty<Parking<I>>) => Promise<void>;
}

export interface Parking<I> {
  readonly item: I;
  readonly letter: DeadLetter;
}

export interface BatchProcessorOptions<I> {
  readonly reaction: string;
  readonly parkedIn: string;
  readonly store: ProcessorStore;
  readonly source: Source<I>;
  readonly effect: (items: NonEmpty<I>, documents: UnitOfWork) => Promise<void>;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly retry: Retry;
  readonly onFailure?: (error: unknown) => void;
}

export type Replayed = { readonly outcome: 'done' | 'failed' | 'nothing' };

/**
 * Where effect and checkpoint happen together. A page goes in one piece; when it fails its items go one by one, so that the culprit is found
 * and its case parked, with what comes behind it, while other cases go on.
 */
export class BatchProcessor<I> {
  readonly parked = new ParkedCases();

  constructor(private readonly options: BatchProcessorOptions<I>) {}

  /** @throws what concerns every item: an engine that is away, a checkpoint that moved, being stopped */
  async take(items: NonEmpty<I>, signal?: AbortSignal): Promise<void> {
    try {
      await this.commitWhole(items);
    } catch (error) {
      this.options.onFailure?.(error);
      if (concernsAll(error)) throw error;
      for (const part of partsOf(items))
        await (part.length < items.length && part.length > 1 ? this.take(part, signal) : this.takeEach(part, signal));
    }
  }

  /**
   * Lets take effect what waits merely behind something that is gone: a process that was lost in the middle of a replay, or an arrival that parked
   * while elsewhere the last item before it was put right. The caller sees to it that nothing else runs on the processor.
   */
  async drain(store: Pick<ReadModelStore, 'find'>, key: string): Promise<void> {
    while (this.parked.isStranded(key)) if ((await this.replayStubbornly(store, key)) !== 'done') return;
  }

  /**
   * Tries once what an earlier start did not know, by type or by shape: this build may. What it would pass over now it passes over.
   * The caller sees to it that nothing else runs on the processor.
   */
  async takeUnknown(store: Pick<ReadModelStore, 'find'>, key: string): Promise<void> {
    while (this.parked.isUnknown(key)) {
      if ((await this.replayNext(store, key)).outcome !== 'done') return;
      await this.drain(store, key);
    }
  }

  /** As often as an item is tried that arrives. */
  private async replayStubbornly(store: Pick<ReadModelStore, 'find'>, key: string): Promise<Replayed['outcome']> {
    const { retry, sleep } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      const { outcome } = await this.replayNext(store, key);
      if (outcome !== 'failed' || attempt >= retry.attempts) return outcome;
      await sleep(pauseMs(retry, attempt));
    }
  }

  /** Runs the first parked item of a key again. The caller sees to it that nothing else runs on the processor. */
  async replayNext(store: Pick<ReadModelStore, 'find'>, key: string): Promise<Replayed> {
    const { parkedIn, source } = this.options;
    const letter = await firstLetter(store, parkedIn, key);
    // What is no message can be looked at, and not replayed.
    if (!letter || letter.because === 'foreign') return { outcome: 'nothing' };
    try {
      const item = await source.recall(letter.origin);
      const work = new UnitOfWork(this.options.store);
      const trouble = await this.tryAgain(item, work);
      if (trouble) return await this.keep(letter, trouble, trouble.because);
      work.remove(parkedIn, letter.id);
      await source.commit(work, []);
    } catch (error) {
      this.options.onFailure?.(error);
      if (concernsAll(error)) throw error;
      return this.keep(letter, troubleOf(error), 'failed');
    }
    this.parked.removeFirst(key);
    return { outcome: 'done' };
  }

  /** What this build passes over has nothing to do. */
  private async tryAgain(item: I, work: UnitOfWork): Promise<ReturnType<Source<I>['unusable']>> {
    const { source, effect } = this.options;
    if (source.passesOver?.(item)) return undefined;
    const trouble = source.unusable(item);
    if (!trouble) await effect([item], work);
    return trouble;
  }

  private async keep(letter: DeadLetter, { error, message }: Trouble, because: ParkedBecause): Promise<Replayed> {
    const work = new UnitOfWork(this.options.store);
    work.put(this.options.parkedIn, { ...letter, error, message, because, attempts: letter.attempts + 1 });
    await this.options.source.commit(work, []);
    this.parked.firstFailed(letter.key, because);
    return { outcome: 'failed' };
  }

  private async takeEach(items: readonly I[], signal?: AbortSignal): Promise<void> {
    for (const item of items) await this.takeOne(item, signal);
  }

  private async takeOne(item: I, signal?: AbortSignal): Promise<void> {
    const { retry, sleep, onFailure } = this.options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.commitWhole([item]);
      } catch (error) {
        onFailure?.(error);
        if (concernsAll(error)) throw error;
        if (attempt >= retry.attempts) return this.park(item, error, attempt);
      }
      await sleep(pauseMs(retry, attempt), signal);
      if (signal?.aborted) throw new Interrupted(`${this.options.reaction} was stopped between two tries`);
    }
  }

  private async commitWhole(items: NonEmpty<I>): Promise<void> {
    const { source, store, effect } = this.options;
    const work = new UnitOfWork(store);
    const live: I[] = [];
    const parking: Parking<I>[] = [];
    const keys = new Set<string>();
    for (const item of items) {
      const key = source.keyOf(item);
      const trouble = this.parked.has(key) || keys.has(key) ? waits : source.unusable(item);
      if (!trouble) live.push(item);
      else {
        parking.push({ item, letter: this.letter(item, trouble, 0) });
        keys.add(key);
      }
    }
    if (isNonEmpty(live)) await effect(live, work);
    await this.commit(work, items, parking);
  }

  private async park(item: I, error: unknown, attempts: number): Promise<void> {
    const letter = this.letter(item, { ...troubleOf(error), because: 'failed' }, attempts);
    await this.commit(new UnitOfWork(this.options.store), [item], [{ item, letter }]);
  }

  private async commit(work: UnitOfWork, items: NonEmpty<I>, parking: readonly Parking<I>[]): Promise<void> {
    const { source, parkedIn } = this.options;
    for (const { letter } of parking) work.put(parkedIn, letter);
    if (isNonEmpty(parking)) await source.parking?.(parking);
    await source.commit(work, items);
    for (const { letter } of parking) this.parked.add(letter);
  }

  private letter(item: I, { error, message, because }: Trouble & { because: ParkedBecause }, attempts: number): DeadLetter {
    const { source, reaction, clock } = this.options;
    const key = source.keyOf(item);
    const order = source.orderOf(item);
    const origin = source.originOf(item);
    return {
      id: `${key} ${order}`,
      reaction,
      key,
      order,
      type: source.typeOf(item),
      because,
      error,
      message,
      attempts,
      firstSeen: clock.now(),
      origin,
    };
  }
}

/** A rebuild takes thousands at once: one culprit among them should not send all of them one by one. */
const partSize = 250;

const partsOf = <I>(items: NonEmpty<I>): readonly NonEmpty<I>[] =>
  Array.from(
    { length: Math.ceil(items.length / partSize) },
    (_, i) => items.slice(i * partSize, (i + 1) * partSize) as unknown as NonEmpty<I>,
  );

const waits = { because: 'behind', error: 'none', message: 'waits for an earlier one of its case' } as const;
