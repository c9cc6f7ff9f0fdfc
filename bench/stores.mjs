// The stores that the benches run on: ours as services have it, and the bare tables beneath it.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import sodium from 'sodium-native';
import { eventCatalogue, memoryEventLog, openSqliteEventLog, sealedEventStore } from '@waymark/event-store';
import { openFileKeyStore } from '@waymark/keys';
import { referralEvents } from '@waymark/referral-domain';
import { contextText, rowChecksum } from '../libs/event-store/dist/adapters/checksum.js';
import { insertEvent } from '../libs/event-store/dist/adapters/sqlite/schema.js';

export const clock = { now: () => new Date().toISOString() };
export const catalogue = eventCatalogue(referralEvents);

/** A folder of its own for a bench; on a disk, since a fsync is part of what is measured. */
export const newFolder = (under = process.env.WAYMARK_BENCH_FOLDER ?? tmpdir()) => mkdtempSync(join(under, 'waymark-bench-'));
export const remove = (folder) => rmSync(folder, { recursive: true, force: true });

/** The event store as a deployment has it: SQLite, sealed under keys in files. */
export const openOurs = (folder) => {
  const log = openSqliteEventLog({ path: join(folder, 'events.db'), clock });
  const keys = openFileKeyStore({ folder: join(folder, 'keys'), random: randomBytes });
  const store = sealedEventStore({ log, keys, catalogue, random: randomBytes });
  const close = async () => {
    await log.close();
    await keys.close();
  };
  return { log, keys, store, close };
};

/** The same file with nothing of ours around it, set up the same way. */
export const openRaw = (path) => {
  const database = new DatabaseSync(path);
  database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    PRAGMA journal_size_limit = ${64 * 1024 * 1024}; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY`);
  const { synchronous } = database.prepare('PRAGMA synchronous').get();
  if (synchronous !== 2) throw new Error('the reference does not run with synchronous=FULL');
  return database;
};

/** The tables and indexes of ours, empty. */
export const emptyTables = async (path) => {
  await openSqliteEventLog({ path, clock }).close();
  return openRaw(path);
};

/** Seals events as ours would, so that the reference writes the very same rows without having to. */
export const sealBeforehand = async (keys, appends) => {
  const log = memoryEventLog({ clock });
  const store = sealedEventStore({ log, keys, catalogue, random: randomBytes });
  for (const { stream, expected, events, commandId } of appends) await store.append(stream, expected, events, commandId);
  const sealed = new Map();
  for await (const page of log.readAll('start')) for (const event of page) sealed.set(event.id, event);
  return appends.map((append) => ({ ...append, events: append.events.map(({ id }) => sealed.get(id)) }));
};

/** Values for the insert statement, names looked up and checksums made beforehand. */
export const rowsOf = (sealedAppends) => {
  const numbers = { streams: new Map(), types: new Map() };
  const numberOf = (map, name) => map.get(name) ?? (map.set(name, map.size + 1), map.size);
  let position = 0;
  return sealedAppends.flatMap(({ stream, events, commandId }) =>
    events.map((event, index) => {
      const batch = index === 0 ? events.length : 0;
      const given = { stream, version: event.version, batch, commandId, event, context: contextText(event) };
      return [
        (position += 1),
        numberOf(numbers.streams, stream),
        event.version,
        numberOf(numbers.types, event.type),
        1,
        batch,
        event.caseId,
        event.id,
        event.occurredAt,
        event.recordedAt,
        commandId,
        event.correlationId,
        event.causationId,
        rowChecksum(position, event.recordedAt, given),
        event.data,
      ];
    }),
  );
};

/** Inserts rows in transactions of a size; one statement alone commits by itself. */
export const insertRaw = (database, rows, groupSize) => {
  const insert = database.prepare(insertEvent);
  if (groupSize === 1) for (const row of rows) insert.run(...row);
  else
    for (let from = 0; from < rows.length; from += groupSize) {
      database.exec('BEGIN IMMEDIATE');
      for (const row of rows.slice(from, from + groupSize)) insert.run(...row);
      database.exec('COMMIT');
    }
};

/** Deciphers what is sealed in an event's data by libsodium alone; it takes commitments on trust. */
export const decipherer = () => {
  const secrets = new Map();
  return {
    learn: (subject, key) => secrets.set(subject, key.bytes),
    read: (stream, id, type, text) => {
      const data = JSON.parse(text);
      for (const { s, c } of data.$sealed ?? []) {
        const bytes = Buffer.from(c, 'base64');
        const plain = Buffer.allocUnsafe(bytes.length - 28);
        const bound = Buffer.from(`${stream}\n${id}\n${type}\n${s}`);
        sodium.crypto_aead_chacha20poly1305_ietf_decrypt(plain, null, bytes.subarray(12), bound, bytes.subarray(0, 12), secrets.get(s));
        // Before the values stands the seed of their salts.
        data[s] = JSON.parse(plain.toString('utf8', 32));
      }
      return data;
    },
  };
};
