import { pauseMs, realSleep } from '@waymark/async';
import type { After, Aggregates, EventStore, Recorded, UnreadableEvent } from '@waymark/event-store';
import { isErased } from '@waymark/kernel';
import { DESTROYED, type KeyStore, type SubjectId } from '@waymark/keys';
import { filterOf, troubleOf } from '@waymark/event-processing';
import type { Logger } from 'pino';
import { platformPolicy } from '../commands/guidance.js';
import { systemActor } from '../platform/system-commands.js';
import { ErasureConfirmed } from './erasure.js';
import { statistic, StatisticSetAside, type SetAside } from './statistic.js';

interface Deps {
  readonly store: EventStore;
  readonly keys: KeyStore;
  readonly aggregates: Pick<Aggregates, 'forget' | 'handle'>;
  readonly logger: Logger;
}

const followed = [ErasureConfirmed, StatisticSetAside];
const betweenTries = { firstPauseMs: 250, longestPauseMs: 10_000 };

/**
 * What every process does itself when somebody was erased: destroys the key, in the key store and in its own memory, drops folded states, and moves what
 * stays countable to a stream of its own.
 * It has no checkpoint and starts at the beginning of the event log: what it forgets is in memory, and keys from an older backup are destroyed again.
 */
export class Forgetting {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(private readonly deps: Deps) {}

  /** Resolves when all that was erased before is forgotten here. @throws KeysUnavailable | StoreUnavailable */
  async start(): Promise<void> {
    const { store } = this.deps;
    const after = await store.head();
    const filter = filterOf(followed);
    for await (const page of store.readAll('start', filter ? { filter } : {})) await this.#forgetAll(page);
    this.#running ??= this.#follow(after);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** Idempotent. */
  async erase(subject: SubjectId): Promise<void> {
    const { keys, aggregates } = this.deps;
    try {
      if ((await keys.find(subject)) !== DESTROYED) await keys.destroy(subject);
    } finally {
      // Also where the key store is unavailable: folded states are not read again before it is back.
      aggregates.forget();
    }
  }

  async #follow(from: After): Promise<void> {
    const { signal } = this.#stopping;
    const place = { after: from };
    for (let failures = 1; !signal.aborted; failures += 1) {
      try {
        await this.#followBehind(place, () => (failures = 1));
      } catch (error) {
        this.deps.logger.warn(troubleOf(error), 'an erasure cannot be followed now; it is tried again');
        await realSleep(pauseMs(betweenTries, failures), signal);
      }
    }
  }

  /** Moves the place on at the head alone: what failed before it is followed again. */
  async #followBehind(place: { after: After }, onSuccess: () => void): Promise<void> {
    for await (const entry of this.deps.store.subscribe(place.after, filterOf(followed), this.#stopping.signal)) {
      if ('caughtUp' in entry) place.after = entry.position;
      else await this.#forgetAll(entry);
      onSuccess();
    }
  }

  async #forgetAll(page: readonly (Recorded | UnreadableEvent)[]): Promise<void> {
    for (const event of page) await this.forget(event);
  }

  private async forget(event: Recorded | UnreadableEvent): Promise<void> {
    if (event instanceof Error) return this.passOver(event);
    if (event.type === StatisticSetAside.type) await this.count(event.data as SetAside);
    else await this.erase((event.data as { subjectId: string }).subjectId);
  }

  /**
   * A statistic whose key did not come back with older keys was delivered, or is lost; the erasure beside it is followed all the same.
   * @throws UnreadableEvent where it is an erasure itself
   */
  private passOver(event: UnreadableEvent): void {
    const { type, stream, version } = event.at;
    if (type !== StatisticSetAside.type) throw event;
    this.deps.logger.warn(
      { stream, version },
      'what was set aside for the count cannot be read and is passed over: it is counted only if it was delivered before; the erasure is followed',
    );
  }

  /** Idempotent, by the stream that the statistic itself names. What has arrived reads as erased. */
  private async count({ setAsideId, statistic: onItsWay }: SetAside): Promise<void> {
    if (isErased(onItsWay)) return;
    const { statisticId: id } = onItsWay;
    const meta = { actor: systemActor, purpose: 'statistics', commandId: id, correlationId: id, causationId: id } as const;
    const command = { kind: 'CountErased', caseId: null, statistic: onItsWay } as const;
    await this.deps.aggregates.handle(statistic, id, command, { meta, pack: platformPolicy });
    await this.deps.keys.destroy(setAsideId);
  }
}
