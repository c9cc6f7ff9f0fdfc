import type { Delivery, Message } from '@waymark/messaging';
import type { Document, ReadModelStore } from '@waymark/read-model';
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
  async fresh(deliveries: readonly Delivery[]): Promise<readonly Delivery[]> {
    const marks = new Map<string, string>();
    const kept = await this.store.getMany<Mark>(this.collection, [...new Set(deliveries.map(({ message }) => markId(message)))]);
    for (const [id, { position }] of kept) marks.set(id, position);
    return deliveries.filter(({ message }) => {
      const id = markId(message);
      const mark = marks.get(id);
      if (mark !== undefined && message.position <= mark) return false;
      marks.set(id, message.position);
      return true;
    });
  }

  note(deliveries: readonly Delivery[], documents: Documents): void {
    const marks = new Map(deliveries.map(({ message }) => [markId(message), message.position]));
    for (const [id, position] of marks) documents.put(this.collection, { id, position });
  }
}

const markId = ({ key, source }: Message): string => `${key} ${source}`;
