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
 * Adapters: memory, file, MongoDB; a key management service fits the same port.
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
  /**
   * Puts a newer generation in place of the subject's newest key, durably, before it answers. The older ones stay, to open what they sealed.
   * @returns the new key; DESTROYED for a destroyed subject, undefined for one that never had a key: neither is given one
   */
  replace(subject: SubjectId): Promise<DataKey | Destroyed | undefined>;
  /** Destroys all generations of a subject's key for good. Idempotent; a subject without a key is marked destroyed all the same. */
  destroy(subject: SubjectId): Promise<void>;
  /** What wraps the data keys; absent where they are not wrapped, as in memory. */
  readonly master?: MasterKeys;
  close(): Promise<void>;
}

/** The master key that wraps all others, and how it is replaced by another while the keys are in use. */
export interface MasterKeys {
  status(): Promise<MasterKeyStatus>;
  /**
   * Puts a new master key in place: whatever is wrapped from now on is wrapped by it. While an earlier replacement is under way no other is begun, so
   * that to ask again is harmless.
   * @throws NoNewMasterKey
   */
  replace(): Promise<MasterKeyStatus>;
  /**
   * Wraps data keys that an older master key wraps anew, each durably; what was done stays done, whenever the process dies.
   * @param atMost so many in one go; others get their turn in between
   */
  rewrap(atMost: number): Promise<MasterKeyStatus>;
}

export interface MasterKeyStatus {
  /** Counts from 1. */
  readonly generation: number;
  /** By which people tell it from another. It gives nothing of the key away. */
  readonly fingerprint: string;
  /** How many keys (and marks of destroyed ones) an older master key still wraps. */
  readonly left: number;
  /** Nothing is wrapped by an older master key any more, nor will be: where those are kept, they can be removed. */
  readonly done: boolean;
  /** Older master keys that are still there though nothing needs them: paths of files, names of settings. */
  readonly removable: readonly string[];
}

/** A new master key was asked for and none was given. The message says how to give one. */
export class NoNewMasterKey extends Error {
  override readonly name = 'NoNewMasterKey';
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
