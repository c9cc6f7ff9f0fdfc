/** One record of the log. */
export interface LogRecord {
  /** Where it begins, in bytes from the beginning of the log. A record that is no explicit transaction is committed where it lies. */
  readonly place: bigint;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

export type Proposed = Pick<LogRecord, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;
/** -1: no stream; -2: any; -4: the stream exists; else the revision. */
export type Expected = number;

export type Written = { readonly last: LogRecord } | { readonly current: number };

/**
 * What the stand-in holds, and how it decides about an append: as `IndexWriter.CheckCommit` of the server's source does (v26). Between our streams
 * it puts what lies in any real `$all`: the engine's own records, and those of another application, with types of the same names as ours.
 */
export class Database {
  readonly log: LogRecord[] = [];
  readonly #streams = new Map<string, LogRecord[]>();
  readonly #watchers = new Set<(record: LogRecord) => void>();
  #end = 0n;
  #appends = 0;

  constructor() {
    this.#put('$settings', 'update-settings');
    this.#put('$users', '$UserCreated');
  }

  stream(name: string): readonly LogRecord[] {
    return this.#streams.get(name) ?? [];
  }

  append(stream: string, expected: Expected, events: readonly Proposed[]): Written {
    const held = this.#streams.get(stream) ?? [];
    const current = held.length - 1;
    const repeated = this.#repeated(held, expected, events);
    if (repeated) return { last: repeated };
    if (expected !== -2 && expected !== current && !(expected === -4 && current >= 0)) return { current };
    const written = events.map((event) => this.#write(stream, event));
    this.#amongOthers();
    return { last: written.at(-1)! };
  }

  /** All events of an earlier append in the same places, by their ids: the engine answers them as written. */
  #repeated(held: readonly LogRecord[], expected: Expected, events: readonly Proposed[]): LogRecord | undefined {
    const at = expected < -1 ? held.findIndex(({ id }) => id === events[0]?.id) : expected + 1;
    if (at < 0 || at >= held.length) return undefined;
    return events.every(({ id }, index) => held[at + index]?.id === id) ? held[at + events.length - 1] : undefined;
  }

  /** Live subscriptions. */
  get watched(): number {
    return this.#watchers.size;
  }

  watch(onRecord: (record: LogRecord) => void): () => void {
    this.#watchers.add(onRecord);
    return () => this.#watchers.delete(onRecord);
  }

  #amongOthers(): void {
    this.#appends += 1;
    if (this.#appends % 3 === 0) this.#put('$stats-127.0.0.1:2113', '$statsCollected');
    if (this.#appends % 5 === 0) this.#put('referral.contact-of-another-application', 'referral.ContactReceived.v1');
  }

  #put(stream: string, type: string): void {
    const id = `00000000-0000-4000-8000-${String(this.log.length).padStart(12, '0')}`;
    this.#write(stream, { id, type, contentType: 'application/json', data: Buffer.from('{}'), metadata: Buffer.from('') });
  }

  #write(stream: string, event: Proposed): LogRecord {
    const held = this.#streams.get(stream) ?? [];
    const record = { ...event, stream, revision: held.length, place: this.#end };
    this.#end += BigInt(100 + stream.length + event.data.length + event.metadata.length);
    held.push(record);
    this.#streams.set(stream, held);
    this.log.push(record);
    for (const tell of this.#watchers) tell(record);
    return record;
  }
}
