/** Whose data a key seals: the id of a person or of a case. */
export type SubjectId = string;

/** A subject's data key: 256 bits, for a cipher that binds what it seals to where it stands (AEAD). Never logged, never serialised. */
export interface DataKey {
  readonly subject: SubjectId;
  /** Counts from 1. A subject's key can be replaced: the newest generation seals, each opens what it sealed. */
  readonly generation: number;
  /** 32 bytes. */
  readonly bytes: Uint8Array;
}

export const DESTROYED = Symbol('destroyed');
export type Destroyed = typeof DESTROYED;

/**
 * Where data keys are kept, each wrapped by a master key that lives outside the event store.
 * Adapters: memory, file; a key management service fits the same port.
 */
export interface KeyStore {
  /** Names this set of keys; the event store remembers it and refuses to open with another. */
  readonly id: string;
  /** What `find` answers if it is at hand without waiting, else undefined; for hot paths. */
  peek(subject: SubjectId, generation?: number): DataKey | Destroyed | undefined;
  /**
   * The subject's newest key, or the one of a generation; undefined when there never was such a one. Of a destroyed subject every generation is
   * destroyed.
   */
  find(subject: SubjectId, generation?: number): Promise<DataKey | Destroyed | undefined>;
  /**
   * The subjects' newest keys, made durably where there is none, before it answers.
   * A destroyed key stays destroyed: erasure is for good.
   */
  provide(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, DataKey | Destroyed>>;
  /** Destroys a subject's key for good. Idempotent; a subject without a key is marked destroyed all the same. */
  destroy(subject: SubjectId): Promise<void>;
  close(): Promise<void>;
}

/** The master key or the kept keys are missing, damaged or do not belong together. The message says which file and what to do. */
export class KeysUnusable extends Error {
  override readonly name = 'KeysUnusable';
}

/** The keys cannot be made, found or destroyed now: disk full, read-only, closed. Nothing was acknowledged. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
  constructor(
    message: string,
    readonly reason: 'disk-full' | 'read-only' | 'closed' | 'unreachable',
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Where random bytes come from: `crypto.randomBytes`, or a seeded source in a simulation. */
export type RandomBytes = (size: number) => Uint8Array;
