// Opens the data folder of a process that was stopped, and reads all that is in it.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { eventCatalogue, openSqliteEventLog, sealedEventStore } from '@waymark/event-store';
import { openFileKeyStore } from '@waymark/keys';
import { vocabularyOf } from '@waymark/nest';
import { SqliteReadModelStore } from '@waymark/read-model';
import { recordOf } from '../proof/record.mjs';

const clock = { now: () => new Date().toISOString() };

/** The ids of the messages on the bus, each as often as it was published. */
const publishedIn = (file) => {
  const bus = new DatabaseSync(file);
  const ids = [...bus.prepare('SELECT value FROM message').iterate()].map(({ value }) => JSON.parse(value).id);
  bus.close();
  return ids;
};

/** @returns the record; close it when done */
export const openRecord = async (folder, services) => {
  const { events: definitions } = vocabularyOf(services);
  const log = openSqliteEventLog({ path: join(folder, 'events.db'), clock });
  const keys = openFileKeyStore({ folder: join(folder, 'keys'), random: randomBytes });
  const store = sealedEventStore({ log, keys, catalogue: eventCatalogue(definitions), random: randomBytes });
  const readModels = new SqliteReadModelStore(join(folder, 'read-models.db'));
  const close = async () => {
    await readModels.close();
    await log.close();
    await keys.close();
  };
  return recordOf({ store, readModels, published: publishedIn(join(folder, 'bus.db')), close });
};
