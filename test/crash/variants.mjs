// Compositions that only the crash test has. The broken ones show that the test would notice; nothing of them is in the product.
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { accessEvents } from '@waymark/access';
import { eventCatalogue, memoryEventLog, openSqliteEventLog, sealedEventStore, WrongExpectedVersion } from '@waymark/event-store';
import { openFileKeyStore } from '@waymark/keys';
import { SqliteBus } from '@waymark/messaging';
import { clockOf, composePlatform, createHttpApp, memoryIdempotencyStore, readConfig, vocabularyOf } from '@waymark/nest';
import { SqliteReadModelStore } from '@waymark/read-model';
import { pino } from 'pino';

/** Long enough that a kill falls into it now and then. */
const lateMs = 40;
const afterwardsMs = 15;

/** Answers at once with what the append will come to, and appends a little later. Nothing shows it unless the process dies in between. */
const acknowledgingEarly = async (store) => {
  let position = Number(await store.head().then((head) => (head === 'start' ? 0 : head)));
  const heads = new Map();
  const promised = new Map();
  let last = Promise.resolve();
  const headOf = async (stream) => {
    if (heads.has(stream)) return heads.get(stream);
    let version = 0;
    for await (const page of store.read(stream)) version = page.at(-1).version;
    return heads.get(stream) ?? version;
  };
  const append = async (stream, expected, events, commandId) => {
    const before = promised.get(`${stream} ${commandId}`) ?? (await store.committed(stream, commandId));
    if (before) return { ...before, repeated: true };
    const actual = await headOf(stream);
    if (actual !== (expected === 'none' ? 0 : expected)) throw new WrongExpectedVersion(stream, expected, actual);
    position += events.length;
    const appended = {
      stream,
      first: actual + 1,
      last: actual + events.length,
      position: String(position).padStart(16, '0'),
      recordedAt: new Date().toISOString(),
      repeated: false,
    };
    heads.set(stream, appended.last);
    promised.set(`${stream} ${commandId}`, appended);
    last = Promise.all([last, sleep(lateMs)]).then(() => store.append(stream, expected, events, commandId));
    return appended;
  };
  return {
    append,
    committed: async (stream, commandId) => promised.get(`${stream} ${commandId}`) ?? store.committed(stream, commandId),
    read: (...asked) => store.read(...asked),
    readAll: (...asked) => store.readAll(...asked),
    subscribe: (...asked) => store.subscribe(...asked),
    head: () => store.head(),
  };
};

/** Notes how far a reaction has come, and only then writes what it did. */
const checkpointingFirst = (readModels) =>
  new Proxy(readModels, {
    get: (target, name) => {
      if (name !== 'write') return typeof target[name] === 'function' ? target[name].bind(target) : target[name];
      return async ({ changes, checkpoint, ...rest }) => {
        if (checkpoint) {
          await target.write({ changes: [], checkpoint });
          await sleep(afterwardsMs);
        }
        if (changes.length > 0) await target.write({ changes, ...rest });
      };
    },
  });

/** Lets the file of events grow no further while the disk is to be full. */
const onSmallDisk = (log) => {
  const limit = (pages) => log.database.exec(`PRAGMA max_page_count = ${pages}`);
  process.on('SIGUSR2', () => limit(1));
  process.on('SIGUSR1', () => limit(0xfffffffe));
};

/** @returns {Promise<string>} where it listens */
export const runVariant = async (variant, services) => {
  const config = readConfig(process.env, process.cwd());
  const clock = clockOf(config);
  const { events, contracts } = vocabularyOf(services);
  const log = openSqliteEventLog({ path: join(config.dataFolder, 'events.db'), clock });
  const keys = openFileKeyStore({ folder: config.keysFolder, random: randomBytes });
  await log.bindKeySet(keys.id);
  const store = sealedEventStore({ log, keys, catalogue: eventCatalogue(events), random: randomBytes });
  const readModels = new SqliteReadModelStore(join(config.dataFolder, 'read-models.db'));
  const engines = {
    keys,
    store: variant === 'ack-before-commit' ? await acknowledgingEarly(store) : store,
    access: sealedEventStore({ log: memoryEventLog({ clock }), keys, catalogue: eventCatalogue(accessEvents), random: randomBytes }),
    trouble: () => log.trouble?.(),
    readModels: variant === 'checkpoint-first' ? checkpointingFirst(readModels) : readModels,
    bus: new SqliteBus(join(config.dataFolder, 'bus.db'), { contracts }),
    idempotency: memoryIdempotencyStore(),
    close: async () => undefined,
  };
  if (variant === 'small-disk') onSmallDisk(log);
  const platform = await composePlatform({ config, clock, engines, services, logger: pino({ level: config.logLevel, base: null }) });
  const app = await createHttpApp(platform, 'Waymark, a variant for the crash test');
  await platform.reactions.start();
  await app.listen(config.port, config.host);
  return app.getUrl();
};
