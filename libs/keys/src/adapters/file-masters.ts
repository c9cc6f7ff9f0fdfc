import type { KeyObject } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { KeysUnusable, type MasterKeys, type MasterKeyStatus, type RandomBytes } from '../key-store.js';
import { damagedKey, keyColumns } from './keys-schema.js';
import { masterKeyPath, masterKeyPaths, provideMasterKey, readMasterKey, type MasterKey } from './master-key.js';
import { unwrap, wrap, wrapAnew, type WrappedKey, type Wrapper } from './wrapping.js';

/** A generation of the master key as `keys.db` remembers it: a known text under it proves that a file holds it. */
interface MasterRow {
  readonly generation: number;
  readonly fingerprint: string;
  readonly proof: Uint8Array;
}

const proven = 'waymark keys';
const nameOf = (set: string, generation: number): string => JSON.stringify(['master key', set, generation]);

const isProof = (key: KeyObject, set: string, { generation, proof }: MasterRow): boolean =>
  unwrap(key, nameOf(set, generation), proof)?.toString() === proven;

interface Remembering {
  readonly database: DatabaseSync;
  /** Of keys, by its id. */
  readonly set: string;
  readonly random: RandomBytes;
}

/** Remembers a generation, within the caller's transaction. */
export const rememberMaster = ({ database, set, random }: Remembering, generation: number, { key, fingerprint }: MasterKey): void => {
  const proof = wrap(key, random, nameOf(set, generation), Buffer.from(proven));
  database.prepare('INSERT INTO masters VALUES (?, ?, ?)').run(generation, fingerprint, proof);
};

interface Place {
  readonly database: DatabaseSync;
  /** Of `keys.db`. */
  readonly path: string;
  readonly folder: string;
  readonly set: string;
}

/**
 * The generations of the master key that `keys.db` needs, each found among the files by its fingerprint.
 * @throws KeysUnusable, which tells a missing, a wrong and a damaged one apart
 */
export const findMasters = (place: Place): Map<number, MasterKey> => {
  const rows = place.database
    .prepare('SELECT generation AS generation, fingerprint AS fingerprint, proof AS proof FROM masters ORDER BY generation')
    .all() as unknown as MasterRow[];
  if (rows.length === 0)
    throw new KeysUnusable(`${place.path} is damaged: it does not say which master key it belongs to. Put the file back from its backup.`);
  return new Map(rows.map((row) => [row.generation, findMaster(place, row)]));
};

const findMaster = (place: Place, row: MasterRow): MasterKey => {
  const paths = masterKeyPaths(place.folder);
  const expected = masterKeyPath(place.folder, row.generation);
  // The expected one must be whole; another that nothing may need any more is looked at only where it is not the one.
  const first = paths.includes(expected) ? readMasterKey(expected) : undefined;
  if (first && fits(place, row, first) === 'whole') return first;
  const other = paths.map(readMasterKey).find((one) => fits(place, row, one));
  if (!other) throw noMaster(place, row, first ?? expected);
  if (fits(place, row, other) !== 'whole') throw rowDamaged(place, other);
  return other;
};

/** Whether a master key is the one that a row is about: by both of its marks, by one, which means that the row was altered, or not at all. */
const fits = ({ set }: Place, row: MasterRow, { key, fingerprint }: MasterKey): 'whole' | 'in part' | undefined => {
  const [byName, byProof] = [fingerprint === row.fingerprint, isProof(key, set, row)];
  if (byName && byProof) return 'whole';
  return byName || byProof ? 'in part' : undefined;
};

const rowDamaged = ({ path }: Place, master: MasterKey): KeysUnusable =>
  new KeysUnusable(
    `${path} is damaged: what it says of its master key does not hold for ${master.path}, which is whole. Put the file back from its backup.`,
  );

const noMaster = ({ path }: Place, { fingerprint }: MasterRow, there: MasterKey | string): KeysUnusable =>
  typeof there === 'string'
    ? new KeysUnusable(
        `${there} is missing, but the keys beside it were wrapped by it (fingerprint ${fingerprint}). Put the file back from its backup; a new one could not read what was sealed.`,
      )
    : new KeysUnusable(
        `${there.path} has fingerprint ${there.fingerprint}, but ${path} was wrapped by the master key with fingerprint ${fingerprint}. ` +
          'Put that master key back, or the keys file that belongs to this one.',
      );

interface Deps extends Place {
  readonly masters: Map<number, MasterKey>;
  readonly random: RandomBytes;
  readonly guarded: <T>(work: () => T) => T;
  readonly transaction: (work: () => void) => void;
}

/** The master keys of a folder: the newest wraps, an older one stays as long as anything is wrapped by it. */
export class FileMasters implements MasterKeys {
  readonly #deps: Deps;
  readonly keys: Map<number, KeyObject>;
  #newest: number;
  /** Where the rewrapping is in the order of the rows; a process that begins anew begins at the first. */
  #behind: Pick<WrappedKey, 'subject' | 'generation'> = atTheStart;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.keys = new Map([...deps.masters].map(([generation, { key }]) => [generation, key]));
    this.#newest = Math.max(...this.keys.keys());
  }

  get wrapper(): Wrapper {
    return { masters: this.keys, newest: this.#newest, random: this.#deps.random };
  }

  async status(): Promise<MasterKeyStatus> {
    const left = this.#left();
    const done = this.keys.size === 1;
    const current = this.#deps.masters.get(this.#newest);
    const removable = masterKeyPaths(this.#deps.folder).filter((path) => done && path !== current?.path);
    return { generation: this.#newest, fingerprint: current?.fingerprint ?? '', left, done, removable };
  }

  async replace(): Promise<MasterKeyStatus> {
    const { folder, database, set, random, masters, transaction } = this.#deps;
    if (this.keys.size > 1) return this.status();
    const generation = this.#newest + 1;
    // The file first: a row without its file would be a master key that was lost.
    const master = provideMasterKey(folder, generation, random);
    transaction(() => rememberMaster({ database, set, random }, generation, master));
    masters.set(generation, master);
    this.keys.set(generation, master.key);
    this.#newest = generation;
    return this.status();
  }

  async rewrap(atMost: number): Promise<MasterKeyStatus> {
    if (this.keys.size > 1 && this.#rewrapNext(atMost) < atMost) {
      this.#behind = atTheStart;
      if (this.#left() === 0) this.#forgetOlder();
    }
    return this.status();
  }

  /** @returns how many were wrapped anew */
  #rewrapNext(atMost: number): number {
    const { database, path, guarded, transaction } = this.#deps;
    const { subject, generation } = this.#behind;
    const rows = guarded(() => database.prepare(nextToWrap).all(subject, generation, this.#newest, atMost)) as unknown as WrappedKey[];
    transaction(() => {
      const update = database.prepare('UPDATE keys SET master = ?, wrapped = ? WHERE subject = ? AND generation = ?');
      for (const row of rows) {
        const anew = wrapAnew(this.wrapper, row);
        if (!anew) throw damagedKey(path, row);
        update.run(anew.master, anew.wrapped, anew.subject, anew.generation);
      }
    });
    this.#behind = rows.at(-1) ?? this.#behind;
    return rows.length;
  }

  /** Nothing is wrapped by them any more; their files are left to the operator, for backups of `keys.db` that may need them still. */
  #forgetOlder(): void {
    const { database, masters, transaction, guarded } = this.#deps;
    transaction(() => void database.prepare('DELETE FROM masters WHERE generation <> ?').run(this.#newest));
    for (const generation of [...this.keys.keys()].filter((one) => one !== this.#newest)) {
      this.keys.delete(generation);
      masters.delete(generation);
    }
    // What was wrapped by the older one leaves the write-ahead log too.
    guarded(() => database.exec('PRAGMA wal_checkpoint(TRUNCATE)'));
  }

  #left(): number {
    const { database, guarded } = this.#deps;
    const row = guarded(() => database.prepare('SELECT count(*) AS n FROM keys WHERE master <> ?').get(this.#newest)) as { n: number };
    return row.n;
  }
}

const atTheStart = { subject: '', generation: -1 };
const nextToWrap = `SELECT ${keyColumns} FROM keys WHERE (subject, generation) > (?, ?) AND master <> ?
  ORDER BY subject, generation LIMIT ?`;
