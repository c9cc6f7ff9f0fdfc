// What services told each other, and that everything took effect once.
import { messagesOf } from '@waymark/event-processing';
import { eventsSeen, messagesTaken } from '../probe.mjs';
import { compare } from './same.mjs';

/** What each service published, in the order of the log, those of one event in the order in which it tells them. */
export const published = ({ events }, services) => {
  const messages = [];
  for (const { name, events: own, publishes } of services) {
    const types = new Set(own.map(({ type }) => type));
    const schemas = new Map(publishes.contracts.map(({ type, schema }) => [type, schema]));
    for (const event of events)
      for (const { message } of types.has(event.type) ? messagesOf(name, publishes, event) : [])
        messages.push({ ...message, data: schemas.get(message.type).parse(message.data) });
  }
  // Sorting keeps the order of what stands at one position.
  return messages.sort((a, b) => (a.position < b.position ? -1 : Number(a.position > b.position)));
};

/** Every message is on the bus, nothing else is, and each consumer's copy is what the messages make of it. */
export const copies = async (record, services) => {
  const messages = published(record, services);
  const faults = messages.filter(({ id }) => !record.messages.has(id)).map(({ type, id }) => `${type} ${id} was never published`);
  const ids = new Set(messages.map(({ id }) => id));
  for (const id of record.messages.keys()) if (!ids.has(id)) faults.push(`${id} is on the bus, and the log tells nothing of the kind`);
  for (const { collections, takes, take } of services.flatMap((service) => service.replicas)) {
    const anew = new Map(collections.map(({ name }) => [name, new Map()]));
    const documents = {
      get: async (collection, id) => anew.get(collection).get(id),
      put: (collection, document) => anew.get(collection).set(document.id, document),
      remove: (collection, id) => anew.get(collection).delete(id),
    };
    for (const message of messages) if (takes.some(({ type }) => type === message.type)) await take(message, documents);
    for (const [name, made] of anew) faults.push(...compare(name, await record.documents(name), made));
  }
  return faults;
};

/** The probe's counts, which are not idempotent: one for each event and one for each message. */
export const once = async (record, services) => {
  const known = new Set(services.flatMap(({ events }) => events.map(({ type }) => type)));
  const expected = { [eventsSeen]: record.events.filter(({ type }) => known.has(type)), [messagesTaken]: published(record, services) };
  const faults = [];
  for (const [collection, items] of Object.entries(expected)) {
    const counts = await record.documents(collection);
    for (const { id, type } of items) {
      const times = counts.get(id)?.times ?? 0;
      if (times !== 1) faults.push(`${type} ${id} took effect ${times} times in ${collection}`);
    }
  }
  return faults;
};
