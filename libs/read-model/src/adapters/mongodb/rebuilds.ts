import { randomBytes } from 'node:crypto';
import { durable, type Server } from '@waymark/mongo';
import { BadQuery, type Document, type Generation } from '../../read-model-store.js';
import type { Access } from './access.js';
import type { Batches } from './batches.js';
import { physicalOf, type Catalogue } from './catalogue.js';
import type { Checkpoints } from './checkpoints.js';
import { labelOf, type Generations } from './generation.js';
import { buildIndexes } from './indexes.js';
import { fieldOf, tables } from './layout.js';
import { manyOf, oneOf } from './readings.js';

export interface RebuildsOptions {
  readonly access: Access;
  readonly server: Server;
  readonly catalogue: Catalogue;
  readonly checkpoints: Checkpoints;
  readonly generations: Generations;
  readonly batches: Batches;
}

/** What is being filled: a generation of some collections, for a subscriber. */
interface Filling {
  readonly subscriber: string;
  readonly generation: string;
  readonly names: readonly string[];
}

/** Lets a subscriber fill a generation beside the serving one, and swap it in or give it up. */
export class Rebuilds {
  constructor(private readonly options: RebuildsOptions) {}

  /** Of collections that are declared. */
  async begin(names: readonly string[], subscriber: string): Promise<Generation> {
    const { access, server, catalogue, generations } = this.options;
    const filling = { subscriber, generation: randomBytes(6).toString('hex'), names };
    await access.guarded(async () => {
      for (const name of names) await this.own(name, subscriber);
      await generations.begin(subscriber, filling.generation, names);
      for (const name of names)
        await buildIndexes(access.database(), server, physicalOf(name, filling.generation), catalogue.cached(name).indexes);
    });
    return {
      store: this.storeOf(filling),
      swap: () => access.guarded(() => this.swap(filling)),
      discard: () => access.guarded(() => this.discard(filling)),
    };
  }

  private storeOf({ generation, names }: Filling): Generation['store'] {
    const { access, checkpoints, batches } = this.options;
    const at = (name: string): string => {
      if (!names.includes(name)) throw new BadQuery(`collection ${name}: not part of this rebuild`);
      return physicalOf(name, generation);
    };
    return {
      get: async <D extends Document>(name: string, id: string) => access.guarded(() => oneOf<D>(access, at(name), id)),
      getMany: async <D extends Document>(name: string, ids: readonly string[]) => access.guarded(() => manyOf<D>(access, at(name), ids)),
      checkpoint: async (name) => access.guarded(async () => (await checkpoints.settle(labelOf(name, generation))).position),
      write: async ({ changes, aside = [], checkpoint }) =>
        access.guarded(async () => {
          if (!checkpoint) throw new BadQuery('a rebuild writes with its checkpoint');
          await batches.move(labelOf(checkpoint.subscriber, generation), { ...checkpoint, changes: [...changes, ...aside] }, at);
        }),
    };
  }

  private async swap({ subscriber, generation, names }: Filling): Promise<void> {
    const { catalogue, generations } = this.options;
    await catalogue.read();
    await generations.swap(subscriber, generation, new Map(names.map((name) => [name, catalogue.cached(name).physical])));
    await catalogue.read();
  }

  private async discard({ subscriber, generation, names }: Filling): Promise<void> {
    const { generations } = this.options;
    if (!(await generations.giveUp(subscriber, generation, names))) return;
    for (const name of names) await generations.drop(subscriber, physicalOf(name, generation));
  }

  /** Lets the subscriber's checkpoint say which generation of a collection serves, beginning with the one that does. */
  private async own(name: string, subscriber: string): Promise<void> {
    const { row, physical } = await this.options.catalogue.serving(name);
    if (row.owner === subscriber) return;
    const [, generation] = physical.split('#');
    const { checkpoints, collections } = tables(this.options.access.database());
    if (generation !== undefined)
      await this.options.checkpoints.alone(subscriber, () =>
        checkpoints.updateOne(
          { _id: subscriber },
          { $set: { [`serving.${fieldOf(name)}`]: generation }, $setOnInsert: { seq: 0, position: 'start' } },
          { upsert: true, ...durable },
        ),
      );
    await collections.updateOne({ _id: name }, { $set: { owner: subscriber } }, durable);
    await this.options.catalogue.read();
  }
}
