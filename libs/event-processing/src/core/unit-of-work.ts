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
  /** Whether the store was asked and had none. */
  readonly isNew: boolean;
}

/** Keeps the documents of a batch in memory and hands over the changed ones, each once. */
export class UnitOfWork implements Documents {
  private readonly held = new Map<string, Map<string, Held>>();

  constructor(private readonly store: Pick<ReadModelStore, 'get' | 'getMany'>) {}

  async get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    const held = this.held.get(collection)?.get(id);
    if (held) return held.document as D | undefined;
    const document = await this.store.get<D>(collection, id);
    this.found(collection, id, document);
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
      for (const id of ids) this.found(collection, id, found.get(id));
    }
  }

  put(collection: string, document: Document): void {
    this.change(collection, document.id, document);
  }

  remove(collection: string, id: string): void {
    this.change(collection, id, undefined);
  }

  changes(): readonly Change[] {
    const changes: Change[] = [];
    for (const [collection, documents] of this.held)
      for (const [id, { document, changed, isNew }] of documents)
        if (changed)
          changes.push(document ? { put: document, in: collection, ...(isNew ? { isNew } : {}) } : { remove: id, in: collection });
    return changes;
  }

  private found(collection: string, id: string, document: Document | undefined): void {
    this.in(collection).set(id, { document, changed: false, isNew: document === undefined });
  }

  private change(collection: string, id: string, document: Document | undefined): void {
    const documents = this.in(collection);
    documents.set(id, { document, changed: true, isNew: documents.get(id)?.isNew ?? false });
  }

  private in(collection: string): Map<string, Held> {
    const documents = this.held.get(collection) ?? new Map<string, Held>();
    this.held.set(collection, documents);
    return documents;
  }
}
