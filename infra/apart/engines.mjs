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
 * @param {{ kafka?: Record<string, string> }} settings of the broker, by their own names
 */
export const startEngines = async (settings = {}) => {
  const started = [];
  const keep = async (starting) => {
    const engine = await starting;
    started.push(engine);
    return engine;
  };
  const stop = async () => {
    for (let engine = started.pop(); engine; engine = started.pop()) await engine.stop();
  };
  // Ended by hand, a run leaves no container behind.
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143 }))
    process.once(signal, () => void stop().finally(() => process.exit(code)));
  try {
    const [postgres, kafka, mongo] = await Promise.all([
      keep(startPostgres()),
      keep(startKafka({ brokers: 1, settings: settings.kafka ?? {} })),
      keep(startMongo()),
    ]);
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
