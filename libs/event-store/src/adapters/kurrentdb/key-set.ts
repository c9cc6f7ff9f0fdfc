import { jsonEvent, NO_STREAM, StreamNotFoundError, WrongExpectedVersionError, type KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { Ids } from '@waymark/kernel';
import type { Connection } from './connection.js';
import type { Namespace } from './namespace.js';
import type { ReadingClient } from './reading-client.js';
import { answerWithin } from './answer-within.js';

export interface KeySetOptions {
  readonly connection: Connection;
  readonly reading: ReadingClient;
  readonly namespace: Namespace;
  readonly ids: Ids;
  readonly timeoutMs: number;
}

/** The id of the key set: the one event of a stream of its own. */
export const readKeySet = async ({ reading, namespace, timeoutMs }: KeySetOptions): Promise<string | undefined> => {
  const first = async (client: KurrentDBClient) => {
    for await (const { event } of client.readStream(namespace.keys, { maxCount: 1, requiresLeader: true }))
      return (event?.data as { keySet?: string } | undefined)?.keySet;
    return undefined;
  };
  try {
    return await reading.read((client) => answerWithin(timeoutMs, first(client)));
  } catch (error) {
    if (error instanceof StreamNotFoundError) return undefined;
    throw error;
  }
};

/** Writes it where none is; whoever came first stays. */
export const writeKeySet = async ({ connection, namespace, ids, timeoutMs }: KeySetOptions, keySet: string): Promise<void> => {
  const bound = jsonEvent({ id: ids.next(), type: 'waymark.KeySetBound.v1', data: { keySet } });
  try {
    await answerWithin(timeoutMs, connection.line.client.appendToStream(namespace.keys, bound, { streamState: NO_STREAM }));
  } catch (error) {
    if (!(error instanceof WrongExpectedVersionError)) throw error;
  }
};
