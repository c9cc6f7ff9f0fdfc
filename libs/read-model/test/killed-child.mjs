// A process that is made to be killed: writes sums of 1, 2, 3, … into documents for ever, from wherever the last one was cut off.
//   node killed-child.mjs <url> checkpoint|marks [broken]
import { setTimeout as sleep } from 'node:timers/promises';
import { connectMongo } from '@waymark/mongo';
import mongoose from 'mongoose';
import { Checkpoints } from '../dist/adapters/mongodb/checkpoints.js';
import { UncheckpointedBatches } from '../dist/adapters/mongodb/uncheckpointed-batches.js';
import { openMongoReadModels } from '../dist/adapters/mongodb/store.js';

const [, , url, way, broken] = process.argv;
const buckets = 6;
const sums = { name: 'planning.sums', indexes: ['count'] };
const marks = { name: 'planning.marks', indexes: [] };

if (broken && way === 'checkpoint') {
  const { taken } = Checkpoints.prototype;
  Checkpoints.prototype.taken = function (label, before, row) {
    return taken.call(this, label, before, { seq: row.seq, position: row.position });
  };
}
if (broken && way === 'marks') UncheckpointedBatches.prototype.inserted = () => Promise.resolve(true);

// The moment within a batch at which a kill would do harm lasts long enough to be met: its last documents come late, with the journal and without.
const { bulkWrite } = mongoose.mongo.Collection.prototype;
const late = way === 'checkpoint' ? sums.name : marks.name;
mongoose.mongo.Collection.prototype.bulkWrite = async function (...args) {
  if (this.collectionName.includes(late)) await sleep(15);
  return bulkWrite.apply(this, args);
};

const store = await openMongoReadModels(await connectMongo({ url, maxConnections: 5 }), { patienceMs: 100 });
await store.declare(sums);
await store.declare(marks);

const position = (n) => String(n).padStart(9, '0');
const numberOf = (text) => (text === undefined || text === 'start' ? 0 : Number(text));

const added = async (from, to) => {
  const ids = Array.from({ length: buckets }, (_, i) => `bucket ${i}`);
  const found = await store.getMany(sums.name, ids);
  const changed = new Map();
  for (let n = from; n <= to; n += 1) {
    const id = ids[n % buckets];
    const { count, sum } = changed.get(id) ?? found.get(id) ?? { count: 0, sum: 0 };
    changed.set(id, { id, count: count + 1, sum: sum + n });
  }
  return [...changed.values()].map((document) => ({ put: document, in: sums.name }));
};

/** Asked for at the start and after a failure alone, as a subscriber does. */
let after;

const step = {
  checkpoint: async (size) => {
    after ??= await store.checkpoint('planning.sum');
    const to = numberOf(after) + size;
    const checkpoint = { subscriber: 'planning.sum', after, position: position(to) };
    await store.write({ changes: await added(numberOf(after) + 1, to), checkpoint });
    after = checkpoint.position;
  },
  marks: async (size) => {
    const mark = await store.get(marks.name, 'case');
    const to = numberOf(mark?.position) + size;
    const noted = { put: { id: 'case', position: position(to) }, in: marks.name };
    const changes = [...(await added(numberOf(mark?.position) + 1, to)), noted];
    await store.write({ changes, durable: true });
  },
};

/** Without a checkpoint nobody could tell, within one process, whether a write happened whose answer was lost. */
const bearable = { checkpoint: ['StaleCheckpoint', 'ReadModelUnavailable'], marks: ['StaleCheckpoint'] };

for (let i = 0; ; i += 1) {
  try {
    await step[way](1 + (i % 7));
    process.send?.('wrote');
  } catch (error) {
    after = undefined;
    if (!bearable[way].includes(error.name)) throw error;
  }
}
