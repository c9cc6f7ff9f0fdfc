// What has to hold of a record, however often its process was killed. Each check answers with what it found wrong.
import { deadlineIndex, parkedCollection, ProjectionReaction } from '@waymark/reactions';
import { MemoryReadModelStore } from '@waymark/read-model';
import { eventsSeen, messagesTaken, probeOf } from './probe.mjs';
import { everyDocument } from './record.mjs';

const clock = { now: () => new Date().toISOString() };

export const few = (faults) => (faults.length > 5 ? [...faults.slice(0, 5), `… and ${faults.length - 5} more`] : faults);

/** Every acknowledged command stands in the record once, as it was answered; of a refused one there is nothing. */
const commands = ({ events }, { acknowledged, refused }) => {
  const byCommand = Map.groupBy(events, ({ commandId }) => commandId);
  const faults = [];
  for (const { commandId, url, answer } of acknowledged) {
    if (answer.events.length === 0) continue;
    const streams = Map.groupBy(byCommand.get(commandId) ?? [], ({ stream }) => stream);
    const found = [...streams.values()].filter(
      (own) =>
        own.at(-1).version === answer.version &&
        own.at(-1).position === answer.position &&
        same(
          own.map(({ type }) => type),
          answer.events,
        ),
    );
    if (found.length !== 1)
      faults.push(
        `POST ${url} was acknowledged at ${answer.position}, and stands in the record ${streams.size === 0 ? 'not at all' : 'otherwise'}`,
      );
  }
  for (const { commandId, url, status } of refused)
    if (byCommand.has(commandId)) faults.push(`POST ${url} was refused with ${status}, and stands in the record all the same`);
  return faults;
};

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** Versions are dense, positions rise, ids are single, an append stands together, and no stream's recorded time goes back. */
const order = ({ events }) => {
  const faults = [];
  const heads = new Map();
  const ids = new Set();
  const appends = new Set();
  let last;
  for (const event of events) {
    const { stream, version, position, id, recordedAt, commandId } = event;
    const head = heads.get(stream);
    if (version !== (head?.version ?? 0) + 1) faults.push(`${stream} has version ${version} after ${head?.version ?? 0}`);
    if (last && position <= last.position) faults.push(`position ${position} after ${last.position}`);
    if (head && recordedAt < head.recordedAt) faults.push(`${stream} version ${version} is recorded before the version before it`);
    if (ids.has(id)) faults.push(`the event ${id} is there twice`);
    const append = `${stream} ${commandId}`;
    if (appends.has(append) && (last.stream !== stream || last.commandId !== commandId))
      faults.push(`a command took effect twice in ${stream}`);
    appends.add(append);
    ids.add(id);
    heads.set(stream, event);
    last = event;
  }
  return faults;
};

const compare = (name, serving, rebuilt) => {
  const faults = [];
  for (const [id, document] of rebuilt)
    if (!sameDocument(serving.get(id), document)) faults.push(`${name}: ${id} is not what the log says`);
  for (const id of serving.keys()) if (!rebuilt.has(id)) faults.push(`${name}: ${id} is there, and the log knows nothing of it`);
  return faults;
};
const sorted = (value) =>
  Array.isArray(value)
    ? value.map(sorted)
    : value && typeof value === 'object'
      ? Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, sorted(value[key])]),
        )
      : value;
const sameDocument = (one, other) => one !== undefined && same(sorted(one), sorted(other));

const projectionsOf = ({ name, projections, deadlines, aggregates }) => [
  ...projections,
  ...(deadlines
    ? [
        deadlineIndex(
          name,
          deadlines,
          aggregates.map((aggregate) => aggregate.name),
        ),
      ]
    : []),
];

/** Every projection's documents are those that the log makes from its beginning. */
const projections = async (record, services) => {
  const faults = [];
  for (const definition of services.flatMap(projectionsOf)) {
    const readModel = new MemoryReadModelStore();
    const anew = new ProjectionReaction(definition, { store: record.store, readModel, clock });
    await anew.declare();
    await anew.rebuild();
    for (const { name } of definition.collections) {
      await record.declare({ name, indexes: [] });
      faults.push(...compare(name, await record.documents(name), await everyDocument(readModel, name)));
    }
  }
  return faults;
};

/** What each service published, in the order of the log. */
const published = ({ events }, services) => {
  const messages = [];
  for (const { name, events: own, publishes } of services) {
    const types = new Set(own.map(({ type }) => type));
    for (const event of events) {
      const told = types.has(event.type) ? publishes.translate(event) : undefined;
      if (told)
        messages.push({
          id: event.id,
          type: told.contract.type,
          source: `/services/${name}`,
          time: event.occurredAt,
          key: event.caseId,
          position: event.position,
          correlationId: event.correlationId,
          data: told.contract.schema.parse(told.data),
        });
    }
  }
  return messages.sort((a, b) => (a.position < b.position ? -1 : 1));
};

/** Every message is on the bus, nothing else is, and each consumer's copy is what the messages make of it. */
const copies = async (record, services) => {
  const messages = published(record, services);
  const faults = messages.filter(({ id }) => !record.messages.has(id)).map(({ type, id }) => `${type} ${id} was never published`);
  const ids = new Set(messages.map(({ id }) => id));
  for (const id of record.messages.keys()) if (!ids.has(id)) faults.push(`${id} is on the bus, and the log tells nothing of the kind`);
  for (const { collections, takes, take } of services.flatMap((service) => service.copies)) {
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
const once = async (record, services) => {
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

const inputsOf = ({ over, handles }, record, services) => {
  const types = new Set(handles.map(({ type }) => type));
  return (over === 'own-events' ? record.events : published(record, services)).filter(({ type }) => types.has(type));
};

/** Every input of a workflow is remembered once. */
const workflows = (record, services) => {
  const faults = [];
  for (const service of services) {
    const memories = record.events.filter(({ type }) => type === `${service.name}.WorkflowAdvanced.v1`);
    for (const definition of service.workflows) {
      const { name, instance } = definition.workflow;
      const remembered = Map.groupBy(
        memories.filter(({ data }) => data.workflow === name),
        ({ data }) => data.inputId,
      );
      for (const input of inputsOf(definition, record, services)) {
        const wanted = instance({ ...input, caseId: input.caseId ?? input.key }) === null ? 0 : 1;
        const times = remembered.get(input.id)?.length ?? 0;
        if (times !== wanted) faults.push(`${service.name}.${name} took ${input.type} ${input.id} in ${times} times, not ${wanted}`);
      }
    }
  }
  return faults;
};

const asMany = (events, what, asked, made, key) => {
  const count = (wanted) => Map.groupBy(events.filter(wanted), key);
  const [askedFor, done] = [count(asked), count(made)];
  return [...new Set([...askedFor.keys(), ...done.keys()])]
    .filter((id) => (askedFor.get(id)?.length ?? 0) !== (done.get(id)?.length ?? 0))
    .map((id) => `${what} ${id}: asked for ${askedFor.get(id)?.length ?? 0} times, done ${done.get(id)?.length ?? 0} times`);
};

/** One hub enquiry a triage that asks for it, one MASH enquiry a request, one triage a MASH decision, one telling a final outcome. */
const processes = ({ events }) => {
  const is = (type) => (event) => event.type === `referral.${type}.v1`;
  const isFinal = ({ type, data }) =>
    (type === 'referral.ContactTriaged.v1' && data.outcome !== 'early-help-hub-enquiry') ||
    (type === 'referral.HubEnquiryDecided.v1' && data.end !== 'back-to-mash');
  const told = (event) => is('ReferrerTold')(event) || is('ReferrerNotTold')(event);
  const hubAsked = (event) => is('ContactTriaged')(event) && event.data.hubEnquiryId !== null;
  const byMash = (event) => is('ContactTriaged')(event) && event.data.mashEnquiryId !== null;
  return [
    ...asMany(events, 'the hub enquiry', hubAsked, is('HubEnquiryOpened'), ({ data }) => data.hubEnquiryId),
    ...asMany(events, 'the MASH enquiry', is('MashEnquiryRequested'), is('MashEnquiryOpened'), ({ data }) => data.enquiryId),
    ...asMany(
      events,
      'the triage after the MASH enquiry',
      is('MashEnquiryDecided'),
      byMash,
      ({ data }) => data.mashEnquiryId ?? data.enquiryId,
    ),
    ...asMany(events, 'telling the outcome of contact', isFinal, told, ({ data }) => data.contactId),
  ];
};

/** Whatever was due by now was met or missed, and missed and reminded once at most. */
const deadlines = ({ events }, now) => {
  const of = (what) =>
    Map.groupBy(
      events.filter(({ type }) => type.endsWith(`.Deadline${what}.v1`)),
      ({ data }) => data.deadlineId,
    );
  const [set, met, missed, reminded, cancelled] = ['Set', 'Met', 'Missed', 'Reminded', 'Cancelled'].map(of);
  const faults = [];
  for (const [id, settings] of set) {
    const { dueAt } = settings.at(-1).data;
    const ends = [met, missed, cancelled].reduce((sum, kind) => sum + (kind.get(id)?.length ?? 0), 0);
    if (dueAt < now && ends === 0) faults.push(`the deadline ${id} was due at ${dueAt} and nothing happened by ${now}`);
    for (const [kind, found] of [
      ['missed', missed.get(id)],
      ['reminded', reminded.get(id)],
    ])
      if ((found?.length ?? 0) > settings.length) faults.push(`the deadline ${id} was ${kind} ${found.length} times`);
    for (const miss of missed.get(id) ?? [])
      if (miss.occurredAt < miss.data.dueAt) faults.push(`the deadline ${id} was missed before it was due`);
  }
  return faults;
};

const parkedNowhere = async (record, services) => {
  const reactions = services.flatMap((service) => [
    ...projectionsOf(service).map(({ name }) => name),
    ...service.copies.map(({ name }) => name),
    ...service.workflows.map(({ workflow }) => `${service.name}.${workflow.name}`),
    `${service.name}.relay`,
  ]);
  const faults = [];
  for (const name of reactions) {
    const collection = parkedCollection(name);
    await record.declare(collection);
    for (const { type, error, message } of (await record.documents(collection.name)).values())
      faults.push(`${name} has parked ${type}: ${error}: ${message}`);
  }
  return faults;
};

/**
 * Checks a whole record, after the process that made it had come to rest and was stopped.
 * @param {object} record its `events` in their order, `store`, `messages` (how often each id is on the bus), and `declare` and `documents` of a collection
 * @param {{ services: readonly object[], journal: object, now: string }} what `now`: the platform's clock when it came to rest
 * @returns {Promise<{ name: string, faults: string[] }[]>}
 */
export const check = async (record, { services, journal, now }) => {
  const all = [...services, probeOf(services)];
  const checks = {
    'every acknowledged command is there once, and nothing of a refused one': () => commands(record, journal),
    'versions are dense and appends whole': () => order(record),
    'every projection is what the log makes of it': () => projections(record, all),
    'every message was published, and every copy is what the messages make of it': () => copies(record, services),
    'every event and every message took effect once': () => once(record, services),
    'every workflow took each input in once': () => workflows(record, services),
    'every process did once what it was asked for': () => processes(record),
    'every deadline that was due was met or missed, once': () => deadlines(record, now),
    'nothing is parked': () => parkedNowhere(record, all),
  };
  const results = [];
  for (const [name, find] of Object.entries(checks)) results.push({ name, faults: few(await find()) });
  return results;
};
