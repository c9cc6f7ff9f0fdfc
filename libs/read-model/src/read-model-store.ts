/** A document made for its page. `id` is unique within its collection. */
export interface Document {
  readonly id: string;
  readonly [field: string]: unknown;
}

export type IndexValue = string | number | boolean | null;

/**
 * A collection and its declared indexes. A field is a top-level property; an index over an array property serves `has`.
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
  | { readonly put: Document; readonly in: string }
  | { readonly remove: string; readonly in: string };

/**
 * Writes are guarded: the checkpoint only ever moves on. A batch whose `after` is not the stored checkpoint is refused as stale
 * ({@link StaleCheckpoint}) and nothing is written, so that two subscribers of one name never both take effect.
 */
export interface Batch {
  readonly changes: readonly Change[];
  readonly checkpoint?: { readonly subscriber: string; readonly after: string; readonly position: string };
}

export interface ReadModelStore {
  /** Makes the collection and its indexes where they are missing. Idempotent. */
  declare(collection: Collection): Promise<void>;
  get<D extends Document>(collection: string, id: string): Promise<D | undefined>;
  getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, D>>;
  find<D extends Document>(collection: string, query: Query): Promise<Page<D>>;
  count(collection: string, where?: readonly Condition[]): Promise<number>;
  /** Documents first, checkpoint last; on engines with transactions all at once. @throws StaleCheckpoint | ReadModelUnavailable */
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
