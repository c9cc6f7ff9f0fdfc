import type pg from 'pg';
import { idleSleep, pauseMs, type Signal } from '@waymark/async';
import { ReconnectingClient } from './reconnecting-client.js';
import { channel } from './schema.js';

const betweenTries = { firstPauseMs: 100, longestPauseMs: 5_000 };

export interface WatchOptions {
  readonly connect: () => Promise<pg.Client>;
  readonly growth: Signal;
  readonly pollMs: number;
  /** Called when the event log ends before a position that was announced. */
  readonly onShorter: () => void;
}

/**
 * Wakes subscribers when the event log has grown, whichever process wrote. A notification does so at once; polling the head is the safety net, and
 * detects a dead connection. Nothing is watched before the first subscriber.
 */
export class Watch {
  readonly #closing = new AbortController();
  readonly #line: ReconnectingClient;
  /** The newest position that was announced. */
  #newest = 0;
  #watching: Promise<void> | undefined;

  constructor(private readonly options: WatchOptions) {
    this.#line = new ReconnectingClient(options.connect);
  }

  /** The newest position that was announced; the event log itself may be further by now, or never have come so far. */
  get told(): number {
    return this.#newest;
  }

  start(): void {
    this.#watching ??= this.#watch();
  }

  /** Somebody says so: this process after a commit of its own, or a notification. */
  saw(place: number): void {
    if (place > this.#newest) this.#know(place);
  }

  /** Takes the head as read from the event log, which overrides whatever was announced. */
  #know(place: number): void {
    if (place === this.#newest) return;
    if (place < this.#newest) this.options.onShorter();
    this.#newest = place;
    this.options.growth.notify();
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#line.drop();
    await this.#watching;
  }

  async #watch(): Promise<void> {
    for (let failures = 0; !this.#closing.signal.aborted;) {
      try {
        await this.#listen(() => (failures = 0));
      } catch {
        // Subscribers find out for themselves that the server is away; here it is only tried again.
      }
      failures += 1;
      await this.#pause(pauseMs(betweenTries, failures));
    }
  }

  async #listen(onSuccess: () => void): Promise<void> {
    const client = await this.#line.client();
    const lost = new AbortController();
    client.once('end', () => lost.abort());
    client.on('notification', ({ payload }) => this.saw(Number(payload)));
    try {
      await client.query(`LISTEN ${channel}`);
      while (!lost.signal.aborted && !this.#closing.signal.aborted) {
        // After listening began, so that nothing falls between the two.
        const { rows } = await client.query<{ head: string | null }>('SELECT max(position) AS head FROM waymark_events.events');
        this.#know(Number(rows[0]?.head ?? 0));
        onSuccess();
        await this.#pause(this.options.pollMs, lost.signal);
      }
    } finally {
      await this.#line.drop();
    }
  }

  async #pause(ms: number, also?: AbortSignal): Promise<void> {
    await idleSleep(ms, also ? AbortSignal.any([also, this.#closing.signal]) : this.#closing.signal);
  }
}
