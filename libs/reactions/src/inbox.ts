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
    const marks = new Marks();
    for (const { message } of deliveries) marks.set(message, '');
    const kept = await this.store.getMany<Mark>(this.collection, marks.ids());
    marks.take(kept);
    return deliveries.filter(({ message }) => {
      if (message.position <= marks.of(message)) return false;
      marks.set(message, message.position);
      return true;
    });
  }

  note(deliveries: readonly Delivery[], documents: Documents): void {
    const marks = new Marks();
    for (const { message } of deliveries) marks.set(message, message.position);
    for (const [id, position] of marks.all()) documents.put(this.collection, { id, position });
  }
}

type Marked = Pick<Message, 'key' | 'source'>;

/** Marks by source and case, so that an id is made once for each of them and not for each message. */
class Marks {
  private readonly bySource = new Map<string, Map<string, string>>();

  /** Before every position, where there is none. */
  of({ key, source }: Marked): string {
    return this.bySource.get(source)?.get(key) ?? '';
  }

  set({ key, source }: Marked, position: string): void {
    const ofSource = this.bySource.get(source);
    if (ofSource) ofSource.set(key, position);
    else this.bySource.set(source, new Map([[key, position]]));
  }

  take(kept: ReadonlyMap<string, Mark>): void {
    for (const [source, ofSource] of this.bySource)
      for (const key of ofSource.keys()) ofSource.set(key, kept.get(markId(key, source))?.position ?? '');
  }

  ids(): string[] {
    return this.all().map(([id]) => id);
  }

  all(): [string, string][] {
    return [...this.bySource].flatMap(([source, ofSource]) =>
      [...ofSource].map(([key, position]): [string, string] => [markId(key, source), position]),
    );
  }
}

const markId = (key: string, source: string): string => `${key} ${source}`;
