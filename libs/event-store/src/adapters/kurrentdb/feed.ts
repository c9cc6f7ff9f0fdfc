import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { Line } from './connection.js';
import { NoAnswer } from './errors.js';
import type { After, Position } from '../../event-log.js';
import { toPlace, toPosition, type EnginePlace } from './places.js';
import type { EngineEvent } from './records.js';
import { engineFilter, type Scope } from './scope.js';

/** What a subscription reports, in order: an event; that everything up to a position was read; that the end was reached. */
export type FeedSignal = { readonly event: EngineEvent } | { readonly checkpoint: Position } | { readonly caughtUp: true };

/** A signal that came while events before it still lay in the client's buffer: due when so many have come out. */
interface Due {
  readonly sign: FeedSignal;
  readonly after: number;
}

/** Beyond this many unread signs the server is let wait. */
const most = 1024;
/** Events that the server passes over before it reports how far it has read. */
const searchWindow = 1000;

/** One catch-up subscription to `$all`, from one connection: signals in order until it breaks. */
export class Feed {
  #signs: FeedSignal[] = [];
  readonly #due: Due[] = [];
  readonly #subscription: ReturnType<KurrentDBClient['subscribeToAll']>;
  readonly #left: AbortSignal;
  readonly #leave: () => void;
  #received = 0;
  #ended: { readonly error: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor({ client, left }: Line, after: After, scope: Scope) {
    const checkpointReached = (_: unknown, place: EnginePlace) => this.#tell({ checkpoint: toPosition(place) });
    const filter = engineFilter(scope, { maxSearchWindow: searchWindow, checkpointInterval: 1, checkpointReached });
    this.#subscription = client.subscribeToAll({ fromPosition: toPlace(after), filter, requiresLeader: true });
    this.#subscription
      .on('data', ({ event }) => this.#take(event))
      .on('caughtUp', () => this.#tell({ caughtUp: true }))
      .on('error', (error) => this.#end(error))
      .on('end', () => this.#end(new NoAnswer('the server ended the subscription')))
      .on('close', () => this.#end(new NoAnswer('the subscription was closed')));
    this.#leave = () => this.#end(new NoAnswer('the connection was left'));
    this.#left = left;
    left.addEventListener('abort', this.#leave);
  }

  /** What has come since the last time; waits for the first. Empty when the signal says stop. @throws what the subscription broke with */
  async next(signal: AbortSignal): Promise<readonly FeedSignal[]> {
    if (this.#signs.length === 0 && !this.#ended && !signal.aborted) await this.#woken(signal);
    const signs = this.#signs;
    this.#signs = [];
    if (signs.length === 0 && this.#ended && !signal.aborted) throw this.#ended.error;
    if (this.#subscription.isPaused()) this.#subscription.resume();
    return signs;
  }

  close(): void {
    this.#end(undefined);
    this.#left.removeEventListener('abort', this.#leave);
    // It may still be connecting, or broken already: nothing waits for it.
    this.#subscription.unsubscribe().catch(() => undefined);
  }

  #woken(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  #take(event: EngineEvent | undefined): void {
    this.#received += 1;
    if (event) this.#push({ event });
    while (this.#due.length > 0 && this.#due[0]!.after <= this.#received) this.#push(this.#due.shift()!.sign);
    if (this.#signs.length > most) this.#subscription.pause();
  }

  /** The client emits these at once, ahead of the events that wait in its buffer. */
  #tell(sign: FeedSignal): void {
    const waiting = this.#subscription.readableLength;
    if (waiting === 0) this.#push(sign);
    else this.#due.push({ sign, after: this.#received + waiting });
  }

  #push(sign: FeedSignal): void {
    this.#signs.push(sign);
    this.#wake();
  }

  #end(error: unknown): void {
    this.#ended ??= { error };
    this.#wake();
  }
}
