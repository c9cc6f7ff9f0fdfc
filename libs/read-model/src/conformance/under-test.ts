import type { Query, ReadModelStore } from '../read-model-store.js';
import { cases } from './samples.js';

export interface ReadModelHarness {
  open(): Promise<ReadModelStore>;
  /** Closes and opens the same store again; absent where a store forgets. */
  reopen?(store: ReadModelStore): Promise<ReadModelStore>;
  cleanUp(): Promise<void>;
}

/** The store of the test that runs. */
export class StoreUnderTest {
  store!: ReadModelStore;
  private at!: ReadModelHarness;

  constructor(readonly name: string) {}

  async begin(at: ReadModelHarness): Promise<void> {
    this.at = at;
    this.store = await at.open();
    await this.store.declare(cases);
  }

  async end(): Promise<void> {
    await this.store.close();
    await this.at.cleanUp();
  }

  get canReopen(): boolean {
    return this.at.reopen !== undefined;
  }

  async reopen(): Promise<void> {
    this.store = (await this.at.reopen?.(this.store)) ?? this.store;
    await this.store.declare(cases);
  }

  /** Of the documents that a query finds, in its order. */
  async ids(query: Query): Promise<readonly string[]> {
    return (await this.store.find(cases.name, query)).items.map(({ id }) => id);
  }
}
