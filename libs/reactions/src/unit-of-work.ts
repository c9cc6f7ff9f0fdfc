import type { Change, Document, ReadModelStore } from '@waymark/read-model';

/** The documents as a reaction sees them: what it puts it reads back, and nothing is written before the batch is done. */
export interface Documents {
  /** A document is changed by putting it; changing what was read and not putting it changes nothing for good. */
  get<D extends Document>(collection: string, id: string): Promise<D | undefined>;
  put(collection: string, document: Document): void;
  remove(collection: string, id: string): void;
}

export interface DocumentRef {
  readonly in: string;
  readonly id: string;
}

interface Held {
  readonly document: Document | undefined;
  readonly changed: boolean;
}

/** Keeps the documents of a batch in memory and hands over the changed ones, each once. */
export class UnitOfWork implements Documents {
  private readonly held = new Map<string, Map<string, Held>>();

  constructor(private readonly store: Pick<ReadModelStore, 'get' | 'getMany'>) {}

  async get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    const held = this.held.get(collection)?.get(id);
    if (held) return held.document as D | undefined;
    const document = await this.store.get<D>(collection, id);
    this.hold(collection, id, { document, changed: false });
    return document;
  }

  /** Reads many at once, so that the batch need not ask one by one. */
  async prefetch(refs: readonly DocumentRef[]): Promise<void> {
    const wanted = new Map<string, Set<string>>();
    for (const { in: collection, id } of refs) {
      if (this.held.get(collection)?.has(id)) continue;
      wanted.set(collection, (wanted.get(collection) ?? new Set()).add(id));
    }
    for (const [collection, ids] of wanted) {
      const found = await this.store.getMany(collection, [...ids]);
      for (const id of ids) this.hold(collection, id, { document: found.get(id), changed: false });
    }
  }

  put(collection: string, document: Document): void {
    this.hold(collection, document.id, { document, changed: true });
  }

  remove(collection: string, id: string): void {
    this.hold(collection, id, { document: undefined, changed: true });
  }

  changes(): readonly Change[] {
    const changes: Change[] = [];
    for (const [collection, documents] of this.held)
      for (const [id, { document, changed }] of documents)
        if (changed) changes.push(document ? { put: document, in: collection } : { remove: id, in: collection });
    return changes;
  }

  private hold(collection: string, id: string, held: Held): void {
    const documents = this.held.get(collection) ?? new Map<string, Held>();
    this.held.set(collection, documents);
    documents.set(id, held);
  }
}
