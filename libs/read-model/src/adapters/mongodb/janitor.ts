import type { mongo } from 'mongoose';
import { labelOf, retiredOf, type Generations } from './generation.js';
import { tables, type CheckpointRow } from './layout.js';

export interface JanitorOptions {
  readonly database: () => mongo.Db;
  readonly generations: Generations;
  readonly monotonicMs: () => number;
  /** How long a generation that serves no more is kept for those who still read it. */
  readonly keptMs: number;
  /** How long a generation may stand still before its filler counts as dead. */
  readonly abandonedMs: number;
}

/**
 * Tidies up behind everybody. No clock of another machine is asked: what is to go was watched standing still for long enough by this process's own. Two
 * janitors do no harm, and a filler that was thought dead finds its generation gone, never half of it.
 */
export class Janitor {
  private watched = new Map<string, { readonly what: string; readonly sinceMs: number }>();

  constructor(private readonly options: JanitorOptions) {}

  async look(owners: readonly CheckpointRow[]): Promise<void> {
    const before = this.watched;
    this.watched = new Map();
    for (const owner of owners) {
      for (const physical of retiredOf(owner))
        if (this.stoodStill(before, `retired ${physical}`, '', this.options.keptMs))
          await this.options.generations.drop(owner._id, physical);
      for (const [generation, collections] of Object.entries(owner.fills ?? {})) {
        const filled = await tables(this.options.database()).checkpoints.findOne(
          { _id: labelOf(owner._id, generation) },
          { projection: { seq: 1 } },
        );
        if (this.stoodStill(before, `fills ${owner._id} ${generation}`, String(filled?.seq), this.options.abandonedMs))
          await this.options.generations.giveUp(owner._id, generation, collections);
      }
    }
  }

  private stoodStill(before: typeof this.watched, key: string, what: string, forMs: number): boolean {
    const now = this.options.monotonicMs();
    const last = before.get(key);
    const sinceMs = last?.what === what ? last.sinceMs : now;
    this.watched.set(key, { what, sinceMs });
    return now - sinceMs >= forMs;
  }
}
