import type { DatabaseSync } from 'node:sqlite';
import { KeysUnusable, type RandomBytes } from '../key-store.js';
import { rememberMaster } from './file-masters.js';
import { damagedKey, tables } from './keys-schema.js';
import type { MasterKey } from './master-key.js';
import { unwrap, wrapDestroyed, wrapKey, type Wrapper } from './wrapping.js';

interface Meta {
  readonly id: string;
  readonly master: string;
  readonly wrapped_check: Uint8Array;
}

interface KeyRow {
  readonly subject: string;
  /** Under the subject's id alone; null once it was destroyed. */
  readonly wrapped: Uint8Array | null;
}

export interface Forward {
  readonly database: DatabaseSync;
  readonly path: string;
  readonly master: MasterKey;
  readonly random: RandomBytes;
}

const checkText = 'waymark keys';

/**
 * Takes a file of layout 1 (up to 30 November 2026) forward, in one transaction: a kill leaves the old or the new one, whole.
 * @throws KeysUnusable
 */
export const takeForward = ({ database, path, master, random }: Forward): void => {
  const meta = provenMeta(database, path, master);
  const by: Wrapper = { masters: new Map([[1, master.key]]), newest: 1, random };
  database.exec(`BEGIN EXCLUSIVE; ALTER TABLE keys RENAME TO keys_1; DROP TABLE meta; ${tables}`);
  try {
    database.prepare('INSERT INTO meta VALUES (?)').run(meta.id);
    rememberMaster({ database, set: meta.id, random }, 1, master);
    const insert = database.prepare('INSERT INTO keys VALUES (?, ?, ?, ?)');
    for (const row of database.prepare('SELECT subject, wrapped FROM keys_1').iterate() as Iterable<unknown>) {
      const { subject, wrapped } = row as KeyRow;
      const bytes = wrapped && unwrap(master.key, subject, wrapped);
      if (bytes === undefined) throw damagedKey(path, { subject });
      const key = bytes ? wrapKey(by, { subject, generation: 1, bytes }) : wrapDestroyed(by, subject);
      insert.run(key.subject, key.generation, key.master, key.wrapped);
    }
    database.exec('DROP TABLE keys_1; UPDATE counted SET keys = (SELECT count(*) FROM keys); COMMIT');
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
};

const provenMeta = (database: DatabaseSync, path: string, master: MasterKey): Meta => {
  const meta = database.prepare('SELECT id, master, wrapped_check FROM meta').get() as Meta | undefined;
  if (!meta)
    throw new KeysUnusable(`${path} is damaged: it does not say which master key it belongs to. Put the file back from its backup.`);
  const opens = unwrap(master.key, meta.id, meta.wrapped_check)?.toString() === checkText;
  if (!opens && meta.master !== master.fingerprint)
    throw new KeysUnusable(
      `${master.path} has fingerprint ${master.fingerprint}, but ${path} was wrapped by the master key with fingerprint ${meta.master}. ` +
        'Put that master key back, or the keys file that belongs to this one.',
    );
  if (!opens || meta.master !== master.fingerprint)
    throw new KeysUnusable(
      `${path} is damaged: what it says of its master key does not hold for ${master.path}. Put the file back from its backup.`,
    );
  return meta;
};
