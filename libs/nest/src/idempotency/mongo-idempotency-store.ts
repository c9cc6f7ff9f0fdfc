import { databaseOf, isDuplicate, isUnavailable, kindOf } from '@waymark/mongo';
import { ReadModelUnavailable } from '@waymark/read-model';
import type { Connection, mongo } from 'mongoose';
import type { IdempotencyStore, Remembered } from './idempotency-store.js';

const keptDays = 30;
const forgetEvery = 1000;

interface AnswerRow {
  readonly _id: string;
  /** JSON, which keeps bodies and headers as they were. */
  readonly remembered: string;
  readonly at: string;
}

/**
 * Answers that all replicas of a service share. Written without waiting for a majority, and an answer that cannot be kept is let go: the repeat is
 * then answered by the event store, see {@link IdempotencyStore}.
 * @throws ReadModelUnavailable when the database does not answer
 */
export const openMongoIdempotencyStore = async (connection: Connection): Promise<IdempotencyStore> => {
  const answers = (): mongo.Collection<AnswerRow> => databaseOf(connection).collection<AnswerRow>('_answers');
  await guarded(() => answers().createIndex({ at: 1 }));
  let sinceForgetting = 0;
  return {
    find: (commandId) =>
      guarded(async () => {
        const row = await answers().findOne({ _id: commandId });
        return row ? (JSON.parse(row.remembered) as Remembered) : undefined;
      }),
    remember: async (commandId, remembered, at) => {
      try {
        await answers().insertOne({ _id: commandId, remembered: JSON.stringify(remembered), at });
        if (++sinceForgetting < forgetEvery) return;
        sinceForgetting = 0;
        await answers().deleteMany({ at: { $lt: new Date(Date.parse(at) - keptDays * 86_400_000).toISOString() } });
      } catch (error) {
        // The first answer stays. The command is done by now, so its sender gets the answer whatever becomes of this.
        if (!isDuplicate(error) && !isUnavailable(error)) throw refused(error);
      }
    },
    forgetAll: () => guarded(async () => void (await answers().deleteMany({}))),
    close: () => Promise.resolve(),
  };
};

const refused = (error: unknown): Error => new Error(`MongoDB refused an answer (${kindOf(error)})`);

const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (isUnavailable(error))
      throw new ReadModelUnavailable(`MongoDB cannot be asked for answers now (${kindOf(error)})`, { cause: error });
    throw refused(error);
  }
};
