// How a record is read for its checks, once the process that made it was stopped.
import { UnreadableEvent } from '@waymark/event-store';

/** @throws UnreadableEvent */
const everyEvent = async (store) => {
  const events = [];
  for await (const page of store.readAll('start'))
    for (const event of page) {
      if (event instanceof UnreadableEvent) throw event;
      events.push(event);
    }
  return events;
};

/** @returns {Promise<Map<string, object>>} by id */
export const everyDocument = async (readModels, collection) => {
  const documents = new Map();
  let cursor;
  do {
    const page = await readModels.find(collection, { limit: 500, ...(cursor ? { cursor } : {}) });
    for (const document of page.items) documents.set(document.id, document);
    cursor = page.next;
  } while (cursor);
  return documents;
};

const timesOf = (ids) => {
  const times = new Map();
  for (const id of ids) times.set(id, (times.get(id) ?? 0) + 1);
  return times;
};

/**
 * @param {{ store: object, readModels: object, published: Iterable<string>, close: () => Promise<void> }} what
 *   `published`: the id of each message on the bus, as often as it is there
 * @returns what is there: events in their order, documents of a collection, how often each message was published; close it when done
 */
export const recordOf = async ({ store, readModels, published, close }) => ({
  store,
  events: await everyEvent(store),
  messages: timesOf(published),
  documents: (collection) => everyDocument(readModels, collection),
  declare: (collection) => readModels.declare(collection),
  close,
});
