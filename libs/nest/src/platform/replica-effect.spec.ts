import { describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '@waymark/event-processing';
import { MemoryReadModelStore, type Document } from '@waymark/read-model';
import { replicaEffect } from './replica-effect.js';
import type { ReplicaDefinition } from './service-definition.js';

const tallies = { name: 'planning.tallies', indexes: [] };
interface Tally extends Document {
  readonly count: number;
}
type Taken = Parameters<ReplicaDefinition['take']>[0];

const take: ReplicaDefinition['take'] = async ({ key }, documents) => {
  const known = await documents.get<Tally>(tallies.name, key);
  documents.put(tallies.name, { id: key, count: (known?.count ?? 0) + 1 });
};
const needs: ReplicaDefinition['needs'] = ({ key }) => [{ in: tallies.name, id: key }];
const messages = ['a', 'b', 'a', 'c'].map((key) => ({ key }) as Taken) as [Taken, ...Taken[]];

/** Counts the questions to the store. */
class Asked extends MemoryReadModelStore {
  one = 0;
  many = 0;
  override get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    this.one += 1;
    return super.get(collection, id);
  }
  override getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, D>> {
    this.many += 1;
    return super.getMany(collection, ids);
  }
}

const taken = async (definition: Pick<ReplicaDefinition, 'needs' | 'take'>) => {
  const store = new Asked();
  await store.declare(tallies);
  await store.write({ changes: [{ put: { id: 'b', count: 4 }, in: tallies.name }] });
  const documents = new UnitOfWork(store);
  await replicaEffect(definition)(messages, documents);
  return { changes: documents.changes().map((change) => 'put' in change && change.put), one: store.one, many: store.many };
};
const counted = [
  { id: 'a', count: 2 },
  { id: 'b', count: 5 },
  { id: 'c', count: 1 },
];

describe('what a batch of messages makes of a copy', () => {
  it('is made with one question, where the copy says what it needs', async () => {
    const { changes, ...asked } = await taken({ needs, take });
    expect(changes).toEqual(counted);
    expect(asked).toEqual({ one: 0, many: 1 });
  });

  it('is the same without, with a question for each document', async () => {
    const { changes, ...asked } = await taken({ take });
    expect(changes).toEqual(counted);
    expect(asked).toEqual({ one: 3, many: 0 });
  });
});
