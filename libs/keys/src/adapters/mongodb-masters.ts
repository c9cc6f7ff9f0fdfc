import type { KeyObject } from 'node:crypto';
import { databaseOf, durable } from '@waymark/mongo';
import { KeysUnavailable, NoNewMasterKey, type MasterKeys, type MasterKeyStatus } from '../key-store.js';
import { givenFor, keySetId, keySets, masterRow, notGiven, type KeySetRow, type MasterRow, type Opening } from './mongodb-set-rows.js';
import { damagedRow, keyRows, rowOf, wrappedOf } from './mongodb-rows.js';
import { wrapAnew, type Wrapper } from './wrapping.js';

interface Deps extends Opening {
  readonly set: KeySetRow;
  readonly now: () => number;
  /** Within so long every process knows of a new master key, because none wraps anything without having looked since. */
  readonly knownWithinMs: number;
  readonly guarded: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * The generations of the master key that the processes of a deployment share. Each process is given the new one and the one before; by command, one of
 * them puts the new one in place for all.
 */
export class MongoMasters implements MasterKeys {
  /** Those at hand. */
  readonly keys = new Map<number, KeyObject>();
  readonly #deps: Deps;
  #set: KeySetRow;
  #lookedAtMs: number;
  #newestSinceMs: number;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#set = deps.set;
    [this.#lookedAtMs, this.#newestSinceMs] = [deps.now(), deps.now()];
    this.#take(deps.set);
  }

  /** What wraps now. @throws KeysUnavailable where this process was not given the newest master key */
  async wrapper(): Promise<Wrapper> {
    if (this.#deps.now() - this.#lookedAtMs >= this.#deps.knownWithinMs) await this.refresh();
    const { newest } = this.#set;
    if (!this.keys.has(newest)) throw this.notAtHand(newest);
    return { masters: this.keys, newest, random: this.#deps.random };
  }

  /** Looks whether another process has put a new master key in place. */
  async refresh(): Promise<void> {
    const lookedAtMs = this.#deps.now();
    const set = await keySets(this.#deps.connection).findOne({ _id: keySetId });
    if (set) this.#take(set);
    this.#lookedAtMs = lookedAtMs;
  }

  notAtHand(generation: number): KeysUnavailable {
    const { connection, given } = this.#deps;
    const place = `database ${databaseOf(connection).databaseName}`;
    const row = this.#set.masters.find((one) => one.generation === generation);
    const why = row ? notGiven(place, row, given) : `${place} does not know generation ${generation} of the master key.`;
    return new KeysUnavailable(`${why} Start this process again with it.`, 'unreachable');
  }

  status(): Promise<MasterKeyStatus> {
    return this.#deps.guarded(async () => {
      await this.refresh();
      return this.#status();
    });
  }

  replace(): Promise<MasterKeyStatus> {
    return this.#deps.guarded(async () => {
      await this.refresh();
      if (this.#older().length > 0) return this.#status();
      const { connection, given, random } = this.#deps;
      const { set, newest, masters } = this.#set;
      const next = given[0];
      if (masters.some(({ fingerprint }) => fingerprint === next.fingerprint))
        throw new NoNewMasterKey(
          'No new master key was given. Start every process with the new one as WAYMARK_MASTER_KEY and the one of now as WAYMARK_MASTER_KEY_PREVIOUS, then ask again.',
        );
      const change = { newest: newest + 1, masters: [...masters, masterRow(set, newest + 1, next, random)] };
      // Where another process was first, its choice stands.
      await keySets(connection).updateOne({ _id: keySetId, newest }, { $set: change }, durable);
      await this.refresh();
      return this.#status();
    });
  }

  rewrap(atMost: number): Promise<MasterKeyStatus> {
    return this.#deps.guarded(async () => {
      const by = await this.wrapper();
      const { connection, now, knownWithinMs } = this.#deps;
      const rows = await keyRows(connection)
        .find({ master: { $ne: by.newest } })
        .limit(atMost)
        .toArray();
      const updates = rows.map((row) => {
        if (!this.keys.has(row.master)) throw this.notAtHand(row.master);
        const anew = wrapAnew(by, wrappedOf(row));
        if (!anew) throw damagedRow(`database ${databaseOf(connection).databaseName}`, row);
        const { master, wrapped } = rowOf(anew);
        // Only what is as it was read: one that was destroyed meanwhile stays destroyed.
        return { updateOne: { filter: { _id: row._id, wrapped: row.wrapped }, update: { $set: { master, wrapped } } } };
      });
      if (updates.length > 0) await keyRows(connection).bulkWrite(updates, durable);
      else if (this.#older().length > 0 && now() - this.#newestSinceMs >= knownWithinMs) await this.#retireOlder();
      return this.#status();
    });
  }

  async #retireOlder(): Promise<void> {
    const { newest, masters } = this.#set;
    const retired = masters.map((row): MasterRow => (row.generation < newest ? { ...row, retired: true } : row));
    await keySets(this.#deps.connection).updateOne({ _id: keySetId, newest }, { $set: { masters: retired } }, durable);
    await this.refresh();
  }

  async #status(): Promise<MasterKeyStatus> {
    const { connection, given } = this.#deps;
    const { newest, masters } = this.#set;
    const fingerprint = masters.find(({ generation }) => generation === newest)?.fingerprint ?? '';
    const left = await keyRows(connection).countDocuments({ master: { $ne: newest } });
    const done = this.#older().length === 0;
    const retired = new Set(masters.filter((row) => row.retired).map((row) => row.fingerprint));
    const removable = given
      .filter((one) => retired.has(one.fingerprint))
      .map((one) => `the master key with fingerprint ${one.fingerprint}`);
    return { generation: newest, fingerprint, left, done, removable };
  }

  #older(): readonly MasterRow[] {
    return this.#set.masters.filter(({ generation, retired }) => generation < this.#set.newest && !retired);
  }

  #take(set: KeySetRow): void {
    if (set.newest !== this.#set.newest) this.#newestSinceMs = this.#deps.now();
    this.#set = set;
    for (const row of set.masters) {
      const given = this.keys.has(row.generation) ? undefined : givenFor(set.set, row, this.#deps.given);
      if (given) this.keys.set(row.generation, given.key);
    }
  }
}
