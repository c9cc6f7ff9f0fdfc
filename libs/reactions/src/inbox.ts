import type { Message } from '@waymark/messaging';
import type { Document, ReadModelStore, Seen } from '@waymark/read-model';
import { splitName } from './dead-letter.js';
import type { Documents } from './unit-of-work.js';

interface Mark extends Document {
  readonly position: string;
}

/**
 * Which messages a consumer has taken: for each case and source the position of the last one, in one small document written with the effect.
 *
 * Not a list of ids, which would grow for ever or forget: a relay publishes the events of a case in the order of their positions, one message an
 * event, and the bus keeps the order of a key. So the first coming of messages only goes up, and whatever is not above the mark is a repeat.
 */
export class Inbox {
  private readonly collection: string;
  /** The marks of the batch at hand, as this process knows them to be. */
  private marks = new Map<string, Mark | undefined>();

  constructor(
    consumer: string,
    private readonly store: ReadModelStore,
  ) {
    const [service, name] = splitName(consumer);
    this.collection = `${service}.inbox-${name}`;
  }

  declare(): Promise<void> {
    return this.store.declare({ name: this.collection, indexes: [] });
  }

  /** Those that have not been taken, repeats within the batch left out too. */
  async fresh(messages: readonly Message[]): Promise<readonly Message[]> {
    const ids = [...new Set(messages.map(markId))];
    const kept = await this.store.getMany<Mark>(this.collection, ids);
    this.marks = new Map(ids.map((id) => [id, kept.get(id)]));
    const marks = new Map([...kept].map(([id, { position }]) => [id, position]));
    return messages.filter((message) => {
      const mark = marks.get(markId(message));
      if (mark !== undefined && message.position <= mark) return false;
      marks.set(markId(message), message.position);
      return true;
    });
  }

  /**
   * Puts the marks of messages with their effect.
   * @returns what the marks have to be still when both are written: another process may have taken the messages meanwhile
   */
  note(messages: readonly Message[], documents: Documents): readonly Seen[] {
    const ids = new Set(messages.map(markId));
    for (const message of messages) documents.put(this.collection, markOf(message));
    return [...ids].map((id) => ({ in: this.collection, id, document: this.marks.get(id) }));
  }

  /** They are written. */
  noted(messages: readonly Message[]): void {
    for (const message of messages) this.marks.set(markId(message), markOf(message));
  }
}

const markId = ({ key, source }: Message): string => `${key} ${source}`;
const markOf = (message: Message): Mark => ({ id: markId(message), position: message.position });
