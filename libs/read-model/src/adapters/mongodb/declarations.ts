import type { Server } from '@waymark/mongo';
import { checkCollection } from '../../check-query.js';
import type { Collection } from '../../read-model-store.js';
import type { Access } from './access.js';
import { physicalOf, type Catalogue } from './catalogue.js';
import { declareIndexes } from './indexes.js';
import { tables } from './layout.js';

export interface DeclarationsOptions {
  readonly access: Access;
  readonly server: Server;
  readonly catalogue: Catalogue;
  /** How long until every process knows what one of them declared. */
  readonly knownByAllMs: number;
}

/** Makes collections and their indexes where they are missing, in the generation that serves and in those that are being filled. */
export class Declarations {
  constructor(private readonly options: DeclarationsOptions) {}

  async declare(collection: Collection): Promise<void> {
    checkCollection(collection);
    const { access, server, catalogue, knownByAllMs } = this.options;
    // What was ready once stays so: a process that starts again asks for nothing.
    if (this.isReady(collection)) return;
    await catalogue.read();
    if (this.isReady(collection)) return;
    const known = catalogue.known(collection.name);
    const physicals = [known?.physical ?? collection.name, ...(await this.filling(collection.name))];
    await declareIndexes({ db: access.database(), server, collection, physicals, knownByAllMs }, known?.row);
    await catalogue.read();
  }

  private isReady({ name, indexes }: Collection): boolean {
    const known = this.options.catalogue.known(name);
    return known !== undefined && indexes.every((field) => known.row.ready?.includes(field));
  }

  private async filling(name: string): Promise<readonly string[]> {
    const rows = await tables(this.options.access.database())
      .checkpoints.find({ fills: { $exists: true } }, { projection: { fills: 1 } })
      .toArray();
    return rows.flatMap(({ fills = {} }) =>
      Object.entries(fills).flatMap(([generation, names]) => (names.includes(name) ? [physicalOf(name, generation)] : [])),
    );
  }
}
