// The engines of a deployment whose services run apart, and what the services have to be told of them.
import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { available, startKafka, startMongo, startPostgres } from '@waymark/engines';

const wanted = ['postgres', 'kafka', 'mongo'];

/** Why they cannot be had; undefined when they can. */
export const whyNot = async () => {
  for (const name of wanted) {
    const answer = await available(name);
    if (!answer.available) return `${name}: ${answer.why}`;
  }
  return undefined;
};

/**
 * Starts PostgreSQL, Kafka and a server of MongoDB's protocol.
 * @param {{ kafka?: Record<string, string>, byHand?: boolean }} settings `kafka`: of the broker, by their own names; `byHand`: ended by hand, a run
 *   leaves no container behind; false for who has more to end than these, and minds it
 */
export const startEngines = async ({ kafka: ofKafka = {}, byHand = true } = {}) => {
  const starting = [startPostgres(), startKafka({ brokers: 1, settings: ofKafka }), startMongo()];
  let stopped;
  const stop = () => (stopped ??= stopAll());
  const signals = Object.entries({ SIGINT: 130, SIGTERM: 143 }).map(([signal, code]) => [
    signal,
    () => void stop().finally(() => process.exit(code)),
  ]);
  const stopAll = async () => {
    // One that is starting still is waited for: it has a container by then.
    for (const engine of await Promise.allSettled(starting)) if (engine.status === 'fulfilled') await engine.value.stop();
    for (const [signal, end] of signals) process.off(signal, end);
  };
  if (byHand) for (const [signal, end] of signals) process.once(signal, end);
  try {
    const [postgres, kafka, mongo] = await Promise.all(starting);
    const env = {
      WAYMARK_STORE: 'postgres',
      WAYMARK_POSTGRES_URL: postgres.url,
      WAYMARK_BUS: 'kafka',
      WAYMARK_KAFKA_BROKERS: kafka.brokers.join(','),
      WAYMARK_READ_MODELS: 'mongodb',
      WAYMARK_MONGODB_URL: mongo.url,
      WAYMARK_MASTER_KEY: randomBytes(32).toString('base64'),
    };
    return { postgres, kafka, mongo, env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};
