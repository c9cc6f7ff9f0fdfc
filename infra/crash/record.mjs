// Opens the data folder of a process that was stopped, and reads all that is in it.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventCatalogue, openSqliteEventLog, sealedEventStore, UnreadableEvent } from '@waymark/event-store';
import { openFileKeyStore } from '@waymark/keys';
import { vocabularyOf } from '@waymark/nest';
import { SqliteReadModelStore } from '@waymark/read-model';

const clock = { now: () => new Date().toISOString() };

const allOf = async (readModels, collection) => {
  const documents = new Map();
  let cursor;
  do {
    const page = await readModels.find(collection, { limit: 500, ...(cursor ? { cursor } : {}) });
    for (const document of page.items) documents.set(document.id, document);
    cursor = page.next;
  } while (cursor);
  return documents;
};

/** The ids of the messages on the bus, each with how often it was published. */
const messagesIn = (file) => {
  const bus = new DatabaseSync(file);
  const times = new Map();
  for (const { value } of bus.prepare('SELECT value FROM message').iterate()) {
    const { id } = JSON.parse(value);
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  bus.close();
  return times;
};

/** @returns what is there: events in their order, documents of a collection, messages; close it when done */
export const openRecord = async (folder, services) => {
  const { events: definitions } = vocabularyOf(services);
  const log = openSqliteEventLog({ path: join(folder, 'events.db'), clock });
  const keys = openFileKeyStore({ folder: join(folder, 'keys'), random: randomBytes });
  const store = sealedEventStore({ log, keys, catalogue: eventCatalogue(definitions), random: randomBytes });
  const readModels = new SqliteReadModelStore(join(folder, 'read-models.db'));
  const events = [];
  for await (const page of store.readAll('start'))
    for (const event of page) {
      if (event instanceof UnreadableEvent) throw event;
      events.push(event);
    }
  return {
    store,
    events,
    messages: messagesIn(join(folder, 'bus.db')),
    documents: (collection) => allOf(readModels, collection),
    declare: (collection) => readModels.declare(collection),
    close: async () => {
      await readModels.close();
      await log.close();
      await keys.close();
    },
  };
};
