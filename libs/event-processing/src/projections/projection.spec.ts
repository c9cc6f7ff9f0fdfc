import { beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryReadModelStore, ReadModelUnusable, type Document } from '@waymark/read-model';
import { append, clock, Counted, noPause } from '../../test/events.js';
import { MemoryEvents } from '../../test/memory-events.js';
import { projection, ProjectionReaction } from './projection.js';
import { Supervisor } from '../supervision/supervisor.js';

const sums = { name: 'planning.sums', indexes: [] };

describe('a projection whose documents get another form', () => {
  let store: MemoryEvents;
  let readModel: MemoryReadModelStore;
  let projected: number;

  beforeEach(() => {
    [store, readModel, projected] = [new MemoryEvents(), new MemoryReadModelStore(), 0];
  });

  const supervisor = (version: number) => {
    const sum = projection({
      name: 'planning.sum',
      version,
      collections: [sums],
      handles: [Counted],
      project: ({ data, caseId }, documents) => {
        projected += 1;
        documents.put(sums.name, { id: caseId ?? '', [`form${version}`]: data.n });
      },
    });
    return new Supervisor('planning', [new ProjectionReaction(sum, { store, readModel, clock, sleep: noPause })]);
  };
  /** Starts the service as a build of that version would, and stops it once it has caught up. */
  const run = async (version: number): Promise<readonly Document[]> => {
    const planning = supervisor(version);
    await planning.start();
    await planning.waitFor(await store.head(), 5_000);
    await planning.stop();
    return (await readModel.find(sums.name, {})).items;
  };

  it('is made anew from the log by the first start that knows the new form, and not again', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    expect(await run(1)).toMatchObject([{ form1: 5 }]);
    expect(await run(2)).toEqual([expect.objectContaining({ form2: 5 })]);
    expect(projected).toBe(2);
    expect(await run(2)).toEqual([expect.objectContaining({ form2: 5 })]);
    expect(projected).toBe(2);
  });

  it('serves nothing of the earlier form once it has started', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    await run(1);
    await append(store, 'b', Counted({ n: 7 }));
    const documents = await run(3);
    expect(documents).toHaveLength(2);
    expect(documents.filter((document) => 'form1' in document)).toEqual([]);
  });

  it('is made in the new form at once where nothing was made before', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    expect(await run(2)).toMatchObject([{ form2: 5 }]);
    expect(projected).toBe(1);
  });

  it('is refused in words where a later build has made it', async () => {
    await append(store, 'a', Counted({ n: 5 }));
    await run(3);
    await expect(supervisor(2).start()).rejects.toThrow(ReadModelUnusable);
    await expect(supervisor(1).start()).rejects.toThrow(/planning\.sum was made by a later version of Waymark \(3, this one makes 1\)/);
  });
});
