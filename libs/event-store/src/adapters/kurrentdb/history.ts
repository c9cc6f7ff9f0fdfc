import type { Instant, StreamName, Uuid } from '@waymark/kernel';
import { BoundedMap } from '../../bounded-map.js';
import type { Appended, StoredEvent } from '../../event-log.js';

/** What is known of a stream's beginning: its commands up to a version. It may lag behind the stream, and is never ahead of it. */
export interface History {
  readonly version: number;
  /** When the newest event known was recorded; '' when there is none. */
  readonly recordedAt: Instant | '';
  readonly commands: ReadonlyMap<Uuid, Appended>;
}

const unread: History = { version: 0, recordedAt: '', commands: new Map() };

/** Streams whose commands are kept in memory. */
const kept = 20_000;

/** Which commands each stream has seen. Everything that is read or written of a stream passes by here, so that an append seldom has to look. */
export class Histories {
  readonly #known = new BoundedMap<StreamName, History & { commands: Map<Uuid, Appended> }>(kept);

  of(stream: StreamName): History {
    return this.#known.get(stream) ?? unread;
  }

  /** Takes in a page of a stream. One that does not join on to what is known says nothing of what came before it, and is left. */
  saw(stream: StreamName, page: readonly StoredEvent[]): void {
    const { version, commands } = this.#known.get(stream) ?? { ...unread, commands: new Map<Uuid, Appended>() };
    const fresh = page.filter((event) => event.version > version);
    const [first] = fresh;
    if (first?.version !== version + 1) return;
    for (const event of fresh) commands.set(event.commandId, extended(commands.get(event.commandId), event));
    const newest = fresh.at(-1)!;
    this.#known.set(stream, { version: newest.version, recordedAt: newest.recordedAt, commands });
  }

  /** Takes in what was just written on top of what is known. */
  wrote(appended: Appended, commandId: Uuid): void {
    const { stream, first, last, recordedAt } = appended;
    const { version, commands } = this.#known.get(stream) ?? { ...unread, commands: new Map<Uuid, Appended>() };
    if (version !== first - 1) return;
    this.#known.set(stream, { version: last, recordedAt, commands: commands.set(commandId, { ...appended, repeated: true }) });
  }
}

const extended = (begun: Appended | undefined, { stream, version, position, recordedAt }: StoredEvent): Appended =>
  begun ? { ...begun, last: version, position } : { stream, first: version, last: version, position, recordedAt, repeated: true };
