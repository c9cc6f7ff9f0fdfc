import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { Batcher, type Pending } from '@waymark/async';
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
import { generationsOf, newestOf, ofGeneration, type Generations } from './generations.js';
import { FileMasters } from './file-masters.js';
import { asKeysError, openKeysDatabase } from './keys-database.js';
import { countChange, damagedKey, keyColumns } from './keys-schema.js';
import { privateFolder, type MasterKey } from './master-key.js';
import { openKey, wrapDestroyed, wrapKey, type WrappedKey } from './wrapping.js';

export interface FileKeyStoreOptions {
  /** Made with permissions 0700 when it is not there. Keep it on another disk than the event store where you can. */
  readonly folder: string;
  readonly random: RandomBytes;
  /** The key set that the event store was sealed with, once it was; other or missing keys are then refused. */
  readonly expectedId?: string | undefined;
  /** So many keys are proven whole before it opens, one beyond them when it is read. Default 50,000. */
  readonly provenAtTheStart?: number;
}

/** How many keys are kept in memory; others are unwrapped anew. About half a kilobyte each. */
const cached = 50_000;

/**
 * Data keys in `keys.db`, each wrapped by a master key that stands in a file beside it. One process at a time.
 * @throws KeysUnusable when the files are missing, damaged, readable by others or do not belong together
 */
export const openFileKeyStore = ({ folder, random, expectedId, provenAtTheStart = 50_000 }: FileKeyStoreOptions): KeyStore => {
  const path = join(folder, 'keys.db');
  return guardedFiles(folder, () => open(path));

  function open(path: string): KeyStore {
    privateFolder(folder);
    if (!existsSync(path) && expectedId !== undefined)
      throw new KeysUnusable(
        `${path} is missing, but the event store was sealed with key set ${expectedId}. Put the file back from its backup.`,
      );
    const { database, id, masters } = openKeysDatabase({ folder, path, random, provenAtTheStart });
    try {
      if (expectedId !== undefined && expectedId !== id)
        throw new KeysUnusable(
          `${path} holds key set ${id}, but the event store was sealed with ${expectedId}. Put the right folder in place of ${folder}.`,
        );
      return new FileKeyStore({ id, folder, path, database, masters, random });
    } catch (error) {
      database.close();
      throw asKeysError(path, error);
    }
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

interface Deps {
  readonly id: string;
  readonly folder: string;
  readonly path: string;
  readonly database: DatabaseSync;
  readonly masters: Map<number, MasterKey>;
  readonly random: RandomBytes;
}

class FileKeyStore implements KeyStore {
  readonly #cache = new Map<SubjectId, Generations>();
  /** Keys made but not yet durable. */
  #making = new Map<SubjectId, DataKey>();
  /** Whoever waits for them: one transaction, and so one fsync, for all keys that are made in a turn. */
  readonly #durable = new Batcher<void, void>((callers) => this.#commitMade(callers), { closing: 'end-of-turn' });
  readonly #select: StatementSync;
  readonly #insert: StatementSync;
  readonly #count: StatementSync;

  readonly id: string;
  readonly master: FileMasters;
  readonly #path: string;
  readonly #database: DatabaseSync;
  readonly #random: RandomBytes;

  constructor({ id, folder, path, database, masters, random }: Deps) {
    [this.id, this.#path, this.#database, this.#random] = [id, path, database, random];
    this.#select = database.prepare(`SELECT ${keyColumns} FROM keys WHERE subject = ? ORDER BY generation`);
    this.#insert = database.prepare('INSERT INTO keys VALUES (?, ?, ?, ?)');
    this.#count = database.prepare(countChange);
    this.master = new FileMasters({
      ...{ set: id, folder, path, database, masters, random },
      guarded: (work) => this.#guarded(work),
      transaction: (work) => this.#transaction(work),
    });
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
      const key = ofGeneration(this.#lookUp(subject), undefined);
      made ||= key === undefined;
      found.set(subject, key ?? this.#make(subject));
    }
    if (made) await this.#durable.add();
    return found;
  }

  async replace(subject: SubjectId): Promise<DataKey | Destroyed | undefined> {
    this.#durable.flush();
    const held = this.#lookUp(subject);
    if (held === undefined || held === DESTROYED) return held;
    const key: DataKey = { subject, generation: newestOf(held).generation + 1, bytes: this.#random(32) };
    this.#transaction(() => {
      this.#put(wrapKey(this.master.wrapper, key));
      this.#count.run(1);
    });
    this.#remember(subject, [...held, key]);
    return key;
  }

  async destroy(subject: SubjectId): Promise<void> {
    this.#durable.flush();
    this.#transaction(() => {
      // Overwritten before they are removed: secure_delete then leaves no trace of them in the page either.
      this.#database.prepare('UPDATE keys SET wrapped = zeroblob(length(wrapped)) WHERE subject = ?').run(subject);
      const { changes } = this.#database.prepare('DELETE FROM keys WHERE subject = ?').run(subject);
      this.#put(wrapDestroyed(this.master.wrapper, subject));
      this.#count.run(1 - Number(changes));
    });
    this.#remember(subject, DESTROYED);
    this.#guarded(() => this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
  }

  async close(): Promise<void> {
    if (!this.#database.isOpen) return;
    this.#durable.flush();
    this.#cache.clear();
    this.#database.close();
  }

  #lookUp(subject: SubjectId): Generations | undefined {
    const known = this.#cache.get(subject);
    if (known !== undefined) return known;
    const rows = this.#guarded(() => this.#select.all(subject)) as unknown as WrappedKey[];
    if (rows.length === 0) return undefined;
    const keys = generationsOf(rows.map((row) => openKey(this.master.keys, row)));
    if (keys === undefined) throw damagedKey(this.#path, { subject });
    this.#remember(subject, keys);
    return keys;
  }

  #make(subject: SubjectId): DataKey {
    const key = this.#making.get(subject) ?? { subject, generation: 1, bytes: this.#random(32) };
    this.#making.set(subject, key);
    return key;
  }

  /** @throws KeysUnavailable | KeysUnusable to all callers, when nothing was made */
  #commitMade(callers: readonly Pending<void, void>[]): void {
    const making = this.#making;
    this.#making = new Map();
    this.#transaction(() => {
      for (const key of making.values()) this.#put(wrapKey(this.master.wrapper, key));
      this.#count.run(making.size);
    });
    for (const [subject, key] of making) this.#remember(subject, [key]);
    for (const { resolve } of callers) resolve();
  }

  #put({ subject, generation, master, wrapped }: WrappedKey): void {
    this.#insert.run(subject, generation, master, wrapped);
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

  #remember(subject: SubjectId, keys: Generations): void {
    if (this.#cache.size >= cached) for (const oldest of this.#cache.keys()) if (this.#cache.delete(oldest)) break;
    this.#cache.set(subject, keys);
  }
}
