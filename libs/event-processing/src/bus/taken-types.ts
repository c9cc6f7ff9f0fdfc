import { type Document, type ReadModelStore } from '@waymark/read-model';
import { splitName } from '../core/dead-letter.js';
import { fenceName } from './fence.js';
import { retryOnStaleCheckpoint } from '../core/retries.js';

/** By type, the position up to which the record had come when the consumer began to take it; '' where it takes all that the bus brings. */
interface Kept extends Document {
  readonly since: Readonly<Record<string, string>>;
  /** Whether a build before 1 December 2026 has left marks here, which do not tell types apart. */
  readonly untyped: boolean;
}

const id = 'types';
/** Of however many there are: what was taken is spread over all of them. */
const partitionsLookedAt = 8;
const beyondAll = '\uffff';

export const inboxCollection = (consumer: string): string => {
  const [service, name] = splitName(consumer);
  return `${service}.inbox-${name}`;
};

/**
 * Since when a consumer takes which types. What it passed over before that, because it did not know the type, can be published again, and then comes behind
 * what is newer.
 */
export class TakenTypes {
  private kept: Pick<Kept, 'since' | 'untyped'> = { since: {}, untyped: false };

  constructor(
    private readonly consumer: string,
    private readonly types: readonly string[],
    private readonly store: Pick<ReadModelStore, 'get' | 'count' | 'write' | 'checkpoint'>,
  ) {}

  /** A message of the type that stands behind this position comes in the order of its key. */
  since(type: string): string {
    return this.kept.since[type] ?? '';
  }

  /** Whether a mark that does not tell types apart counts for this one. */
  isUntyped(type: string): boolean {
    return this.kept.untyped && this.since(type) === '';
  }

  /**
   * Learns it, and notes for good what is taken from now on.
   * @param head where the record of all sources ends now, asked only where there is something to note
   */
  load(head: (() => Promise<string>) | undefined): Promise<void> {
    return retryOnStaleCheckpoint(
      () => this.loadOnce(head),
      async () => undefined,
    );
  }

  private async loadOnce(head: (() => Promise<string>) | undefined): Promise<void> {
    const collection = inboxCollection(this.consumer);
    const subscriber = `${this.consumer} types`;
    const after = await this.store.checkpoint(subscriber);
    const before = await this.store.get<Kept>(collection, id);
    const missing = this.types.filter((type) => before?.since[type] === undefined);
    if (before && missing.length === 0) {
      this.kept = before;
      return;
    }
    const from = before ? await this.from(head) : '';
    const since = { ...before?.since, ...Object.fromEntries(missing.map((type) => [type, from])) };
    const untyped = before?.untyped ?? (await this.hasTaken());
    const position = String((after === 'start' ? 0 : Number(after)) + 1).padStart(16, '0');
    const put = { id, since, untyped } satisfies Kept;
    await this.store.write({ changes: [{ put, in: collection }], checkpoint: { subscriber, after, position }, durable: true });
    this.kept = put;
  }

  /** Whether an earlier build has: one that has moved a partition's fence with its marks, which an engine may owe the collection still. */
  private async hasTaken(): Promise<boolean> {
    const fences = Array.from({ length: partitionsLookedAt }, (_, partition) => this.store.checkpoint(fenceName(this.consumer, partition)));
    return (await Promise.all(fences)).some((at) => at !== 'start') || (await this.store.count(inboxCollection(this.consumer))) > 0;
  }

  /** Where the end is not known, every message of the type is noted by itself. */
  private async from(head: (() => Promise<string>) | undefined): Promise<string> {
    const position = head ? await head() : beyondAll;
    return position === 'start' ? '' : position;
  }
}
