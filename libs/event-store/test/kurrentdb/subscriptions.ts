import type { ServerWritableStream } from '@grpc/grpc-js';
import type { Database, LogRecord } from './database.js';
import { broken, type Faults } from './faults.js';
import { caughtUp, checkpoint, confirmation, eventOf } from './messages.js';
import type { ReadRequest, ReadResponse } from './protocol.js';
import { passing, startOf } from './reads.js';

type Call = ServerWritableStream<ReadRequest, ReadResponse>;

/** The server reads so many matching events at once. */
const batch = 32;

/**
 * A filtered catch-up subscription to `$all`, as `Enumerator.AllSubscriptionFiltered` of the server's source (v26) runs it: pages of a search
 * window, a checkpoint whenever so many events were considered and one before it goes live, then a caught-up message, and from there each event as
 * it is committed. A checkpoint names the beginning of the page before, so the last one lies behind the head. It never falls behind again.
 */
export const follow = (database: Database, faults: Faults, call: Call): void => new Subscription(database, faults, call).start();

class Subscription {
  readonly #passes: (record: LogRecord) => boolean;
  readonly #window: number;
  readonly #interval: number;
  #checkpoint: bigint;
  #considered = 0;
  #sent = 0;
  #stop: (() => void) | undefined;
  #ended = false;

  constructor(
    private readonly database: Database,
    private readonly faults: Faults,
    private readonly call: Call,
  ) {
    const options = call.request.getOptions()!;
    const filter = options.getFilter()!;
    this.#passes = passing(options);
    this.#window = filter.hasMax() ? filter.getMax() : batch;
    this.#interval = this.#window * filter.getCheckpointintervalmultiplier();
    this.#checkpoint = startOf(options);
  }

  start(): void {
    const end = () => {
      this.#ended = true;
      this.#stop?.();
    };
    this.call.on('cancelled', end).on('close', end).on('error', end);
    this.call.write(confirmation('00000000-0000-4000-8000-000000000000'));
    const begin = this.database.log.findIndex(({ place }) => place >= this.#checkpoint);
    void this.#catchUp(begin < 0 ? this.database.log.length : begin);
  }

  async #catchUp(from: number): Promise<void> {
    for (let next = from; !this.#ended;) {
      next = await this.#passPage(next);
      if (next >= this.database.log.length) return this.#goLive();
      if (this.#considered >= this.#interval) this.#sendCheckpoint();
      await new Promise(setImmediate);
    }
  }

  async #passPage(from: number): Promise<number> {
    const { matching, next } = this.#page(from);
    for (const record of matching) if (record.place > this.#checkpoint) await this.#send(record);
    const begin = this.database.log[from]?.place ?? -1n;
    if (begin > this.#checkpoint && next > from) this.#checkpoint = begin;
    this.#considered += next - from;
    return next;
  }

  #page(from: number): { matching: LogRecord[]; next: number } {
    const matching: LogRecord[] = [];
    let next = from;
    for (; next < this.database.log.length && matching.length < batch && next - from < this.#window; next += 1)
      if (this.#passes(this.database.log[next]!)) matching.push(this.database.log[next]!);
    return { matching, next };
  }

  /** Nothing was committed since the last page: there was no wait in between. */
  #goLive(): void {
    if (this.#ended) return;
    if (this.#checkpoint >= 0n) this.#sendCheckpoint();
    this.call.write(caughtUp());
    this.#considered = 0;
    this.#stop = this.database.watch((record) => this.#live(record));
  }

  #live(record: LogRecord): void {
    if (this.#ended || record.place <= this.#checkpoint) return;
    if (this.#passes(record)) void this.#send(record);
    this.#considered += 1;
    if (this.#considered < this.#interval) return;
    this.#checkpoint = record.place;
    this.#sendCheckpoint();
  }

  async #send(record: LogRecord): Promise<void> {
    if (this.#ended) return;
    if (this.#sent === this.faults.breakAfter) return this.#break();
    this.#sent += 1;
    this.#checkpoint = record.place;
    const room = this.call.write(eventOf(record));
    if (!room) await new Promise<void>((resolve) => void this.call.once('drain', resolve).once('close', resolve));
  }

  #sendCheckpoint(): void {
    this.#considered %= this.#interval;
    if (!this.#ended) this.call.write(checkpoint(this.#checkpoint));
  }

  #break(): void {
    this.#ended = true;
    this.#stop?.();
    this.call.emit('error', broken());
  }
}
