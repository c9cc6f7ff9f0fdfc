import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import { durable, isDuplicate } from '@waymark/mongo';
import type { mongo } from 'mongoose';
import { StaleCheckpoint } from '../../read-model-store.js';
import type { DocumentWriter } from './document-writer.js';
import { placeOf, tables, type DocumentRow, type JournalRow, type Journalled } from './layout.js';

export interface LooseBatchesOptions {
  readonly database: () => mongo.Db;
  readonly monotonicMs: () => number;
  readonly documents: DocumentWriter;
  /** Learns of collections that others have declared. */
  readonly refresh: () => Promise<void>;
  /** How long another's lock is waited for before its batch is given up for it. */
  readonly patienceMs: number;
}

/** All batches without a checkpoint are one writer to the guards of documents; locks put them in order, document by document. */
const writer = '~';
const askEveryMs = 10;
/** Longer than this from the locks to the entry, and others may have thought this process dead and tidied up behind it. */
const longestMs = 30_000;

/**
 * Batches without a checkpoint. One lock for each document, made by an insert, which succeeds for one alone; then the batch happens, by the insert of
 * its entry in the journal; then its documents follow, and entry and locks go.
 *
 * Whoever meets a lock for too long finishes the batch behind it if its entry is there, and else gives the batch up in its writer's stead by inserting a mark
 * under the entry's id: one of the two inserts succeeds, so the batch has either happened for good or never will. A writer that is at work is not helped:
 * an update of FerretDB is not atomic, and of two who apply one batch the later could undo what came behind it.
 */
export class UncheckpointedBatches {
  constructor(private readonly options: LooseBatchesOptions) {}

  /** @throws StaleCheckpoint when somebody gave the batch up; then nothing is written */
  async write(changes: readonly Journalled[]): Promise<void> {
    if (changes.length === 0) return;
    const token = randomUUID();
    const begunAtMs = this.options.monotonicMs();
    await this.lock(token, changes);
    const numbered = await this.numbered(changes).catch(async (error: unknown) => {
      await this.release(token).catch(() => undefined);
      throw error;
    });
    if (this.options.monotonicMs() - begunAtMs > longestMs) throw new StaleCheckpoint('the batch took too long to begin');
    // From here on locks stay when something fails: whether the entry is there is for the next one to find out.
    if (!(await this.inserted({ _id: token, kind: 'batch', changes: numbered }))) {
      await this.finish(token);
      throw new StaleCheckpoint('the batch was given up by another process, which waited for its documents');
    }
    await this.options.documents.apply(writer, numbered);
    await this.finish(token);
  }

  /** Finishes the batches that their writers have left: those that are still there after some patience. */
  async finishAll(): Promise<void> {
    const { journal } = tables(this.options.database());
    const found = await journal.find({ kind: 'batch' }, { projection: { _id: 1 } }).toArray();
    if (found.length > 0) await after(this.options.patienceMs);
    for (const { _id } of found) {
      const left = await journal.findOne({ _id });
      if (left) await this.carryOut(left);
    }
  }

  private async lock(token: string, changes: readonly Journalled[]): Promise<void> {
    // All take them in one order, so that no two wait for each other.
    const ids = [...new Set(changes.map(placeOf))].sort();
    let waitedSinceMs: number | undefined;
    let taken = 0;
    while (taken < ids.length) {
      taken += await this.lockFrom(token, ids.slice(taken));
      const blocking = ids[taken];
      if (blocking === undefined) return;
      const now = this.options.monotonicMs();
      waitedSinceMs ??= now;
      if (await this.cleared(blocking, now - waitedSinceMs > this.options.patienceMs)) waitedSinceMs = undefined;
      else await after(askEveryMs);
    }
  }

  /** @returns how many could be locked, from the first on */
  private async lockFrom(token: string, ids: readonly string[]): Promise<number> {
    try {
      await tables(this.options.database()).locks.insertMany(
        ids.map((_id) => ({ _id, token })),
        { ordered: true, ...durable },
      );
      return ids.length;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      return (error as { insertedCount?: number }).insertedCount ?? 0;
    }
  }

  /** Deals with the batch behind a lock. @returns whether the lock may be tried again at once */
  private async cleared(id: string, impatient: boolean): Promise<boolean> {
    const { locks, journal } = tables(this.options.database());
    const lock = await locks.findOne({ _id: id });
    if (!lock) return true;
    const entry = await journal.findOne({ _id: lock.token });
    if (entry?.kind === 'given-up') await this.release(lock.token);
    else if (!impatient) return false;
    else if (entry) await this.carryOut(entry);
    else if (await this.inserted({ _id: lock.token, kind: 'given-up' })) await this.release(lock.token);
    return true;
  }

  /** Numbers the changes of each document on from its last. */
  private async numbered(changes: readonly Journalled[]): Promise<readonly Journalled[]> {
    const last = new Map<string, number>();
    await Promise.all(
      [...new Set(changes.map(({ to }) => to))].map(async (to) => {
        const keys = changes.filter((change) => change.to === to).map(({ key }) => key);
        const rows = await this.options
          .database()
          .collection<DocumentRow>(to)
          .find({ _id: { $in: keys } }, { projection: { v: 1 } })
          .toArray();
        for (const row of rows) last.set(placeOf({ to, key: row._id }), row.v?.[writer] ?? 0);
      }),
    );
    return changes.map((change) => ({ ...change, n: (last.get(placeOf(change)) ?? 0) + 1 }));
  }

  private async carryOut({ _id, changes }: JournalRow): Promise<void> {
    await this.options.refresh();
    await this.options.documents.apply(writer, changes ?? []);
    await this.finish(_id);
  }

  private async finish(token: string): Promise<void> {
    await tables(this.options.database()).journal.deleteOne({ _id: token });
    await this.release(token);
  }

  private async release(token: string): Promise<void> {
    await tables(this.options.database()).locks.deleteMany({ token });
  }

  private async inserted(row: JournalRow): Promise<boolean> {
    try {
      await tables(this.options.database()).journal.insertOne(row, durable);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }
}
