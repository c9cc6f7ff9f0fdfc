import type { Delivery, Message } from '@waymark/messaging';
import type { Document, ReadModelStore } from '@waymark/read-model';
import { splitName } from './dead-letter.js';
import type { Documents } from './unit-of-work.js';

interface Mark extends Document {
  position: string;
}

/**
 * Which messages a consumer has taken: for each case and source the position of the last one, in one small document written with the effect.
 *
 * Not a list of ids, which would grow for ever or forget: a relay publishes the events of a case in the order of their positions, one message an
 * event, and the bus keeps the order of a key. So the first coming of messages only goes up, and whatever is not above the mark is a repeat.
 */
export class Inbox {
  private readonly collection: string;
  /** Marks as they stand in the store; '' where there is none. Good for as long as nobody else takes messages of the partition. */
  private readonly known = new Map<string, string>();

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

  /** Somebody else may have taken messages since. */
  forget(): void {
    this.known.clear();
  }

  /** Those that have not been taken, repeats within the batch left out too. */
  async fresh(deliveries: readonly Delivery[]): Promise<readonly Delivery[]> {
    const marks = new Marks();
    const own = deliveries.map(({ message }) => marks.of(message));
    await this.learn(marks.all());
    for (const mark of marks.all()) mark.position = this.known.get(mark.id) ?? '';
    return deliveries.filter(({ message }, index) => {
      const mark = own[index] as Mark;
      if (message.position <= mark.position) return false;
      mark.position = message.position;
      return true;
    });
  }

  /** @returns what is kept in mind once it is written: see {@link written} */
  note(deliveries: readonly Delivery[], documents: Documents): readonly Mark[] {
    const marks = new Marks();
    for (const { message } of deliveries) marks.of(message).position = message.position;
    const all = marks.all();
    for (const { id, position } of all) documents.put(this.collection, { id, position });
    return all;
  }

  written(marks: readonly Mark[]): void {
    for (const { id, position } of marks) this.known.set(id, position);
  }

  private async learn(marks: readonly Mark[]): Promise<void> {
    if (this.known.size > mostKnown) this.known.clear();
    const unknown = marks.flatMap(({ id }) => (this.known.has(id) ? [] : [id]));
    if (unknown.length === 0) return;
    const kept = await this.store.getMany<Mark>(this.collection, unknown);
    for (const id of unknown) this.known.set(id, kept.get(id)?.position ?? '');
  }
}

/** About 150 bytes each; every partition of a consumer has its own. */
const mostKnown = 5_000;

/** Marks by source and case, so that an id is made once for each of them and not for each message. */
class Marks {
  private readonly bySource = new Map<string, Map<string, Mark>>();
  private readonly every: Mark[] = [];

  /** Before every position, until it is set. */
  of({ key, source }: Pick<Message, 'key' | 'source'>): Mark {
    let ofSource = this.bySource.get(source);
    if (!ofSource) this.bySource.set(source, (ofSource = new Map<string, Mark>()));
    const known = ofSource.get(key);
    if (known) return known;
    const mark = { id: `${key} ${source}`, position: '' };
    ofSource.set(key, mark);
    this.every.push(mark);
    return mark;
  }

  all(): readonly Mark[] {
    return this.every;
  }
}
