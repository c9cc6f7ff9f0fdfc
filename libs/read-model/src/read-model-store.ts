/** A document made for its page. `id` is unique within its collection. */
export interface Document {
  readonly id: string;
  readonly [field: string]: unknown;
}

export type IndexValue = string | number | boolean | null;

/**
 * A collection and its declared indexes. A field is a top-level property and holds one kind of value in every document: strings, numbers or
 * booleans, or an array of them, which serves `has` alone. Absent is null, and null comes first. Strings are ordered by code point.
 * Filtering or sorting by a field without an index is refused.
 */
export interface Collection {
  /** `<service>.<name>`. */
  readonly name: string;
  readonly indexes: readonly string[];
}

export type Condition =
  | { readonly field: string; readonly is: IndexValue }
  | { readonly field: string; readonly oneOf: readonly IndexValue[] }
  | { readonly field: string; readonly has: IndexValue }
  | { readonly field: string; readonly from?: string | number; /** exclusive */ readonly below?: string | number }
  | { readonly field: string; readonly startsWith: string };

export interface Query {
  readonly where?: readonly Condition[];
  /** An indexed field; ties are broken by id. Default: id. */
  readonly sortBy?: string;
  readonly descending?: boolean;
  /** 1 to 500; default 50. */
  readonly limit?: number;
  /** From the page before. */
  readonly cursor?: string;
}

export interface Page<D extends Document> {
  readonly items: readonly D[];
  /** Absent on the last page. */
  readonly next?: string;
}

export type Change =
  /** `isNew`: its writer has looked and found none there, which saves some engines a look of their own. When it is wrong nothing else comes of it. */
  { readonly put: Document; readonly in: string; readonly isNew?: boolean } | { readonly remove: string; readonly in: string };

/**
 * Writes are guarded: the checkpoint only ever moves on. A batch whose `after` is not the stored checkpoint is refused as stale
 * ({@link StaleCheckpoint}) and nothing is written, so that two subscribers of one name never both take effect. Without a checkpoint a batch takes
 * effect whole all the same, but nobody compares what its writer has read: it is for documents that rest on nothing that was read.
 */
export interface Batch {
  readonly changes: readonly Change[];
  /**
   * Changes that nobody reads but the subscriber, who asks for its checkpoint before: they take effect with the others, whoever dies, but processes that did
   * not ask may see them later. An engine to which each write is a journey writes them many at a time.
   */
  readonly aside?: readonly Change[];
  readonly checkpoint?: { readonly subscriber: string; readonly after: string; readonly position: string };
  /**
   * The writer lets go of its source once this is written (a bus offset), so that a lost tail would never be made again: it has to survive a power
   * cut. Without it a tail may be lost as a whole, documents and checkpoint together, and is made again from the log.
   */
  readonly durable?: boolean;
}

export interface ReadModelStore {
  /** Makes the collection and its indexes where they are missing. Idempotent. @throws BadQuery for a name that is no name */
  declare(collection: Collection): Promise<void>;
  get<D extends Document>(collection: string, id: string): Promise<D | undefined>;
  getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, D>>;
  find<D extends Document>(collection: string, query: Query): Promise<Page<D>>;
  count(collection: string, where?: readonly Condition[]): Promise<number>;
  /** Documents first, checkpoint last; on engines with transactions all at once. @throws StaleCheckpoint | BadDocument | ReadModelUnavailable */
  write(batch: Batch): Promise<void>;
  /** 'start' when there is none. */
  checkpoint(subscriber: string): Promise<string>;
  /**
   * Begins a new, empty generation of a projection's collections beside the serving one; writes go there through the returned store until
   * `swap` puts it in the serving one's place together with its checkpoint, or `discard` drops it.
   */
  rebuild(collections: readonly Collection[], subscriber: string): Promise<Generation>;
  close(): Promise<void>;
}

export interface Generation {
  readonly store: Pick<ReadModelStore, 'get' | 'getMany' | 'write' | 'checkpoint'>;
  swap(): Promise<void>;
  discard(): Promise<void>;
}

export class StaleCheckpoint extends Error {
  override readonly name = 'StaleCheckpoint';
}
export class ReadModelUnavailable extends Error {
  override readonly name = 'ReadModelUnavailable';
}
/** A query names a field without an index, a cursor of another query, or an absurd limit. */
export class BadQuery extends Error {
  override readonly name = 'BadQuery';
}
/** A document without an id, over the limit, or not JSON. Names the collection, never the content. */
export class BadDocument extends Error {
  override readonly name = 'BadDocument';
}
/** The store's own file is damaged, of another version, or in use by another process. The message names the file and what to do. */
export class ReadModelUnusable extends Error {
  override readonly name = 'ReadModelUnusable';
}

/** As JSON text, in UTF-16 units. A page's document is far smaller; MongoDB's own limit is 16 MiB. */
export const maxDocumentLength = 4 * 1024 * 1024;
