import type { Batch, Change } from '../../read-model-store.js';
import { physicalOf, type Catalogue } from './catalogue.js';
import type { Checkpoints, Settled } from './checkpoints.js';
import { bodyOf, textOf } from './documents.js';
import { fieldOf, placeOf, type Journalled } from './layout.js';
import type { UncheckpointedBatches } from './uncheckpointed-batches.js';

export interface BatchesOptions {
  readonly catalogue: Catalogue;
  readonly checkpoints: Checkpoints;
  readonly loose: UncheckpointedBatches;
}

export type Step = Pick<Batch, 'changes' | 'aside'> & { readonly after: string; readonly position: string };

/** Sees that a batch can be kept, finds where its documents belong, and sends it on its way: with its checkpoint, or without one. */
export class Batches {
  constructor(private readonly options: BatchesOptions) {}

  /** To the serving documents. @throws StaleCheckpoint | BadDocument | BadQuery */
  async write({ changes, aside = [], checkpoint }: Batch): Promise<void> {
    const { catalogue, loose } = this.options;
    const serving = (name: string) => catalogue.cached(name).physical;
    if (checkpoint)
      return this.move(checkpoint.subscriber, { ...checkpoint, changes, aside }, (name, at) => {
        const generation = at.serving[fieldOf(name)];
        return generation === undefined ? serving(name) : physicalOf(name, generation);
      });
    const all = [...changes, ...aside];
    await this.freshFor(all);
    await loose.write(this.journalled(all, 0, serving));
  }

  /**
   * Moves a checkpoint, and its documents with it.
   * @param label of the checkpoint
   * @param to where a collection is, as the checkpoint has it when it moves
   * @throws StaleCheckpoint | BadDocument | BadQuery
   */
  async move(label: string, { changes, aside = [], ...step }: Step, to: (name: string, at: Settled) => string): Promise<void> {
    await this.freshFor([...changes, ...aside]);
    await this.options.checkpoints.move(label, step, async (at, seq) => {
      const journalled = (some: readonly Change[]) => this.journalled(some, seq, (name) => to(name, at));
      return { changes: journalled(changes), aside: journalled(aside) };
    });
  }

  private async freshFor(changes: readonly Change[]): Promise<void> {
    for (const name of new Set(changes.map((change) => change.in))) await this.options.catalogue.serving(name);
  }

  /** Everything is checked before anything is written; of several changes of a document the last one stays. */
  private journalled(changes: readonly Change[], n: number, at: (name: string) => string): readonly Journalled[] {
    const last = new Map<string, Journalled>();
    for (const change of changes) {
      const to = at(change.in);
      const key = textOf('put' in change ? change.put.id : change.remove);
      const body = 'put' in change ? { body: bodyOf(change.in, this.options.catalogue.cached(change.in).indexes, change.put) } : {};
      last.set(placeOf({ to, key }), { in: change.in, to, key, n, ...body, ...('isNew' in change && change.isNew ? { isNew: true } : {}) });
    }
    return [...last.values()];
  }
}
