import { claimsFor, databaseOf, durable, isDuplicate, isUnavailable, kindOf, type Claims } from '@waymark/mongo';
import type { Connection, mongo } from 'mongoose';
import { LeasesUnavailable, type Leases } from '../leases.js';

export interface MongoLeasesOptions {
  /** Stays its maker's. */
  readonly connection: Connection;
  /** Milliseconds of a clock of this process that nobody sets. */
  readonly monotonicMs: () => number;
}

interface LeaseRow {
  readonly _id: string;
  /** Null once it was let go. */
  readonly holder: string | null;
  /** Counts what was done to it: as long as it counts on, the holder lives. */
  readonly beat: number;
  readonly ttlMs: number;
}

/** A lease as it was first seen to stand at this beat. */
interface Watched {
  readonly beat: number;
  readonly sinceMs: number;
}

/**
 * Leases in a MongoDB database. No two machines' clocks are compared: a lease is another's until this process has itself watched it stand still for as
 * long as it lasts. A holder that hangs and comes back finds another beat than its own, and so that it lost.
 */
export const mongoLeases = (options: MongoLeasesOptions): Leases => new MongoLeases(options);

class MongoLeases implements Leases {
  private readonly watched = new Map<string, Watched>();
  private claims: Promise<Claims> | undefined;
  private closed = false;

  constructor(private readonly options: MongoLeasesOptions) {}

  async take(name: string, holder: string, ttlMs: number): Promise<boolean> {
    return this.guarded(async () => {
      const askedAtMs = this.options.monotonicMs();
      const row = await this.leases().findOne({ _id: name });
      if (!row) return this.made(name, holder, ttlMs);
      if (row.holder !== null && row.holder !== holder && !this.stoodStill(row, askedAtMs)) return false;
      this.watched.delete(name);
      return this.moved(row, { holder, ttlMs });
    });
  }

  async release(name: string, holder: string): Promise<void> {
    await this.guarded(async () => {
      const row = await this.leases().findOne({ _id: name });
      if (row?.holder === holder) await this.moved(row, { holder: null, ttlMs: row.ttlMs });
    });
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  /** Counted from after the answer that first told this beat to before the question that found it unchanged: never longer than it truly stood. */
  private stoodStill({ _id, beat, ttlMs }: LeaseRow, askedAtMs: number): boolean {
    const seen = this.watched.get(_id);
    if (seen?.beat === beat) return askedAtMs - seen.sinceMs >= ttlMs;
    this.watched.set(_id, { beat, sinceMs: this.options.monotonicMs() });
    return false;
  }

  private async made(name: string, holder: string, ttlMs: number): Promise<boolean> {
    try {
      await this.leases().insertOne({ _id: name, holder, beat: 1, ttlMs }, durable);
      return true;
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Compared by its beat, so that of several that want it one gets it. */
  private async moved({ _id, beat }: LeaseRow, to: Pick<LeaseRow, 'holder' | 'ttlMs'>): Promise<boolean> {
    this.claims ??= claimsFor(this.options.connection, this.options);
    const claims = await this.claims.catch((error: unknown) => {
      this.claims = undefined;
      throw error;
    });
    const { matchedCount } = await claims.alone(`lease ${_id}`, () =>
      this.leases().updateOne({ _id, beat }, { $set: { ...to, beat: beat + 1 } }, durable),
    );
    return matchedCount === 1;
  }

  private leases(): mongo.Collection<LeaseRow> {
    return databaseOf(this.options.connection).collection<LeaseRow>('_leases');
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    if (this.closed) throw new LeasesUnavailable('the leases are closed');
    try {
      return await work();
    } catch (error) {
      if (isUnavailable(error)) throw new LeasesUnavailable(`MongoDB cannot be asked for leases now (${kindOf(error)})`, { cause: error });
      throw error instanceof Error && error.name.startsWith('Mongo') ? new Error(`MongoDB refused (${kindOf(error)})`) : error;
    }
  }
}
