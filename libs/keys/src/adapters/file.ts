import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import {
  DESTROYED,
  KeysUnavailable,
  KeysUnusable,
  type DataKey,
  type Destroyed,
  type KeyStore,
  type RandomBytes,
  type SubjectId,
} from '../key-store.js';
import { ofGeneration } from './generations.js';
import { asKeysError, openKeysDatabase } from './keys-database.js';
import { masterKey, privateFolder, type MasterKey } from './master-key.js';
import { unwrap, wrap } from './wrapping.js';

export interface FileKeyStoreOptions {
  /** Made with permissions 0700 when it is not there. Keep it on another disk than the event store where you can. */
  readonly folder: string;
  readonly random: RandomBytes;
  /** The key set that the event store was sealed with, once it was; other or missing keys are then refused. */
  readonly expectedId?: string | undefined;
}

/** How many keys are kept in memory; others are unwrapped anew. About half a kilobyte each. */
const cached = 50_000;

/**
 * Data keys in `keys.db`, each wrapped by the master key in `master.key`. One process at a time.
 * @throws KeysUnusable when the files are missing, damaged, readable by others or do not belong together
 */
export const openFileKeyStore = ({ folder, random, expectedId }: FileKeyStoreOptions): KeyStore => {
  const path = join(folder, 'keys.db');
  return guardedFiles(folder, () => open(path));

  function open(path: string): KeyStore {
    privateFolder(folder);
    const usedBefore = existsSync(path);
    if (!usedBefore && expectedId !== undefined)
      throw new KeysUnusable(
        `${path} is missing, but the event store was sealed with key set ${expectedId}. Put the file back from its backup.`,
      );
    const master = masterKey(folder, random, usedBefore);
    const { database, id } = openKeysDatabase(path, master, random, () => Buffer.from(random(16)).toString('hex'));
    if (expectedId !== undefined && expectedId !== id) {
      database.close();
      throw new KeysUnusable(
        `${path} holds key set ${id}, but the event store was sealed with ${expectedId}. Put the right folder in place of ${folder}.`,
      );
    }
    return new FileKeyStore({ id, path, database, master, random });
  }
};

/** Puts what the file system answers into the words of the port. */
const guardedFiles = <T>(folder: string, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code))
      throw new KeysUnavailable(`${folder} cannot be used for the keys (${code}). Check its owner and permissions.`, 'read-only', {
        cause: error,
      });
    if (code === 'ENOSPC')
      throw new KeysUnavailable(`the disk that holds ${folder} is full; no key was made`, 'disk-full', { cause: error });
    throw error;
  }
};

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Parts {
  readonly id: string;
  readonly path: string;
  readonly database: DatabaseSync;
  readonly master: MasterKey;
  readonly random: RandomBytes;
}

class FileKeyStore implements KeyStore {
  readonly #cache = new Map<SubjectId, DataKey | Destroyed>();
  /** Keys made but not yet durable, and who waits for them: all are committed together. */
  #making = new Map<SubjectId, DataKey>();
  #waiting: Waiting[] = [];
  readonly #select: StatementSync;
  readonly #insert: StatementSync;

  readonly id: string;
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #master: MasterKey;
  readonly #random: RandomBytes;

  constructor({ id, path, database, master, random }: Parts) {
    [this.id, this.#path, this.#database, this.#master, this.#random] = [id, path, database, master, random];
    this.#select = database.prepare('SELECT wrapped FROM keys WHERE subject = ?');
    this.#insert = database.prepare('INSERT INTO keys VALUES (?, ?)');
  }

  peek(subject: SubjectId, generation?: number): DataKey | Destroyed | undefined {
    return ofGeneration(this.#cache.get(subject), generation);
  }

  async find(subject: SubjectId, generation?: number): Promise<DataKey | Destroyed | undefined> {
    return ofGeneration(this.#lookUp(subject), generation);
  }

  async provide(subjects: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, DataKey | Destroyed>> {
    const found = new Map<SubjectId, DataKey | Destroyed>();
    let made = false;
    for (const subject of subjects) {
      const key = this.#lookUp(subject);
      made ||= key === undefined;
      found.set(subject, key ?? this.#make(subject));
    }
    if (made) await new Promise<void>((resolve, reject) => this.#wait({ resolve, reject }));
    return found;
  }

  async destroy(subject: SubjectId): Promise<void> {
    this.#commitMade();
    this.#transaction(() => {
      // Overwritten before it is emptied: secure_delete then leaves no trace of it in the page either.
      this.#database.prepare('UPDATE keys SET wrapped = zeroblob(length(wrapped)) WHERE subject = ?').run(subject);
      this.#database.prepare('INSERT INTO keys VALUES (?, NULL) ON CONFLICT DO UPDATE SET wrapped = NULL').run(subject);
    });
    this.#remember(subject, DESTROYED);
    this.#guarded(() => this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
  }

  async close(): Promise<void> {
    if (!this.#database.isOpen) return;
    this.#commitMade();
    this.#cache.clear();
    this.#database.close();
  }

  #lookUp(subject: SubjectId): DataKey | Destroyed | undefined {
    const known = this.#cache.get(subject);
    if (known !== undefined) return known;
    const row = this.#guarded(() => this.#select.get(subject)) as { wrapped: Uint8Array | null } | undefined;
    if (!row) return undefined;
    const key = row.wrapped === null ? DESTROYED : this.#unwrap(subject, row.wrapped);
    this.#remember(subject, key);
    return key;
  }

  #unwrap(subject: SubjectId, wrapped: Uint8Array): DataKey {
    const bytes = unwrap(this.#master.key, subject, wrapped);
    if (!bytes)
      throw new KeysUnusable(`${this.#path} is damaged: the key of subject ${subject} does not open. Put the file back from its backup.`);
    return { subject, generation: 1, bytes };
  }

  #make(subject: SubjectId): DataKey {
    const key = this.#making.get(subject) ?? { subject, generation: 1, bytes: this.#random(32) };
    this.#making.set(subject, key);
    return key;
  }

  #wait(caller: Waiting): void {
    if (this.#waiting.push(caller) === 1) setImmediate(() => this.#commitMade());
  }

  /** One transaction, and so one fsync, for all keys that callers wait for. */
  #commitMade(): void {
    const [making, waiting] = [this.#making, this.#waiting];
    if (waiting.length === 0) return;
    this.#making = new Map();
    this.#waiting = [];
    try {
      this.#transaction(() => {
        for (const [subject, key] of making) this.#insert.run(subject, wrap(this.#master.key, this.#random, subject, key.bytes));
      });
    } catch (error) {
      for (const caller of waiting) caller.reject(error);
      return;
    }
    for (const [subject, key] of making) this.#remember(subject, key);
    for (const caller of waiting) caller.resolve();
  }

  #transaction(work: () => void): void {
    this.#guarded(() => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        work();
        this.#database.exec('COMMIT');
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  #guarded<T>(work: () => T): T {
    if (!this.#database.isOpen) throw new KeysUnavailable('the keys are closed', 'closed');
    try {
      return work();
    } catch (error) {
      throw asKeysError(this.#path, error);
    }
  }

  #remember(subject: SubjectId, key: DataKey | Destroyed): void {
    if (this.#cache.size >= cached) for (const oldest of this.#cache.keys()) if (this.#cache.delete(oldest)) break;
    this.#cache.set(subject, key);
  }
}
