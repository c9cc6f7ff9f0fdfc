import { durable } from '@waymark/mongo';
import type { mongo } from 'mongoose';
import { StaleCheckpoint } from '../../read-model-store.js';
import { physicalOf } from './catalogue.js';
import type { Checkpoints } from './checkpoints.js';
import { fieldOf, nameOf, tables, type CheckpointRow } from './layout.js';

/** The checkpoint of a generation that is being filled stands beside the serving one's under a name that no subscriber has. */
export const labelOf = (subscriber: string, generation: string): string => `${subscriber}#${generation}`;

const swapTries = 50;

/** The way of generations: begun, filled, then swapped in or given up; what serves no more is retired, and dropped when nobody reads it. */
export class Generations {
  constructor(
    private readonly database: () => mongo.Db,
    private readonly checkpoints: Checkpoints,
  ) {}

  async begin(subscriber: string, generation: string, collections: readonly string[]): Promise<void> {
    await this.tables().checkpoints.insertOne({ _id: labelOf(subscriber, generation), seq: 0, position: 'start' }, durable);
    const own = { [`fills.${generation}`]: collections };
    await this.checkpoints.alone(subscriber, () =>
      this.tables().checkpoints.updateOne(
        { _id: subscriber },
        { $set: own, $setOnInsert: { seq: 0, position: 'start' } },
        { upsert: true, ...durable },
      ),
    );
  }

  /** One update: position, number and generations change together. @throws StaleCheckpoint when somebody gave the generation up */
  async swap(subscriber: string, generation: string, servingNow: ReadonlyMap<string, string>): Promise<void> {
    const filled = await this.checkpoints.settle(labelOf(subscriber, generation));
    for (let tries = 0; tries < swapTries; tries += 1) {
      // Whatever the old generation still owes is written to it first; its subscriber may be at work elsewhere.
      const old = await this.checkpoints.settle(subscriber);
      const seq = Math.max(filled.seq, old.seq) + 1;
      const { matchedCount } = await this.checkpoints.alone(subscriber, () =>
        this.tables().checkpoints.updateOne(
          { _id: subscriber, seq: old.seq, [`fills.${generation}`]: { $exists: true } },
          {
            $set: { seq, position: filled.position, ...served(generation, servingNow) },
            $unset: { [`fills.${generation}`]: '', pending: '' },
          },
          durable,
        ),
      );
      if (matchedCount === 1) {
        await this.tables().checkpoints.deleteOne({ _id: labelOf(subscriber, generation) });
        await this.checkpoints.settle(subscriber);
        return;
      }
      await this.stillFilling(subscriber, generation);
    }
    throw new StaleCheckpoint(`${subscriber} moves on too fast to be swapped`);
  }

  /** Gives a generation up, unless it was swapped in already. @returns whether it was still being filled */
  async giveUp(subscriber: string, generation: string, collections: readonly string[]): Promise<boolean> {
    const retired = Object.fromEntries(collections.map((name) => [`retired.${fieldOf(physicalOf(name, generation))}`, true]));
    const { matchedCount } = await this.checkpoints.alone(subscriber, () =>
      this.tables().checkpoints.updateOne(
        { _id: subscriber, [`fills.${generation}`]: { $exists: true } },
        { $unset: { [`fills.${generation}`]: '' }, $set: retired },
        durable,
      ),
    );
    if (matchedCount === 1) await this.tables().checkpoints.deleteOne({ _id: labelOf(subscriber, generation) });
    return matchedCount === 1;
  }

  /** Drops what a generation left behind. */
  async drop(subscriber: string, physical: string): Promise<void> {
    await this.database().dropCollection(physical).catch(orMissing);
    await this.checkpoints.alone(subscriber, () =>
      this.tables().checkpoints.updateOne({ _id: subscriber }, { $unset: { [`retired.${fieldOf(physical)}`]: '' } }, durable),
    );
  }

  private async stillFilling(subscriber: string, generation: string): Promise<void> {
    const row = await this.tables().checkpoints.findOne({ _id: subscriber }, { projection: { fills: 1 } });
    if (row?.fills?.[generation] === undefined)
      throw new StaleCheckpoint(`${subscriber}: its rebuild stood still and was given up; begin another`);
  }

  private tables() {
    return tables(this.database());
  }
}

const served = (generation: string, servingNow: ReadonlyMap<string, string>): Record<string, string | true> => {
  const fields: Record<string, string | true> = {};
  for (const [name, physical] of servingNow) {
    fields[`serving.${fieldOf(name)}`] = generation;
    fields[`retired.${fieldOf(physical)}`] = true;
  }
  return fields;
};

export const retiredOf = ({ retired = {} }: CheckpointRow): readonly string[] => Object.keys(retired).map(nameOf);

const namespaceMissing = 26;
const orMissing = (error: unknown): void => {
  if ((error as { code?: unknown }).code !== namespaceMissing) throw error;
};
