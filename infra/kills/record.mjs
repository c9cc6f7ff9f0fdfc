// Opens the engines of a world whose process was stopped, and reads all that is in them.
import { UnreadableEvent } from '@waymark/event-store';
import { clockOf, openEngines, readConfig, vocabularyOf } from '@waymark/nest';
import { everyDelivery } from './topics.mjs';

const everyEvent = async (store) => {
  const events = [];
  for await (const page of store.readAll('start'))
    for (const event of page) {
      if (event instanceof UnreadableEvent) throw event;
      events.push(event);
    }
  return events;
};

const everyDocument = async (readModels, collection) => {
  const documents = new Map();
  let cursor;
  do {
    const page = await readModels.find(collection, { limit: 500, ...(cursor ? { cursor } : {}) });
    for (const document of page.items) documents.set(document.id, document);
    cursor = page.next;
  } while (cursor);
  return documents;
};

/** @returns what is there: events in their order, documents of a collection, messages and each of their deliveries; close it when done */
export const openRecord = async ({ env, prefix, services }) => {
  const read = readConfig(env, process.cwd());
  const config = { ...read, bus: { ...read.bus, prefix } };
  const vocabulary = vocabularyOf(services);
  const nothing = () => undefined;
  const engines = await openEngines({ name: 'kills', config, vocabulary, clock: clockOf(config), waiting: nothing, trouble: nothing });
  const topics = vocabulary.topics.map((topic) => prefix + topic);
  const deliveries = await everyDelivery({ brokers: config.bus.brokers, topics });
  const messages = new Map();
  for (const { message } of deliveries) messages.set(message.id, (messages.get(message.id) ?? 0) + 1);
  return {
    store: engines.store,
    events: await everyEvent(engines.store),
    deliveries,
    messages,
    documents: (collection) => everyDocument(engines.readModels, collection),
    declare: (collection) => engines.readModels.declare(collection),
    close: () => engines.close(),
  };
};
