// What has to hold of a record, however often its process was killed. Each check answers with what it found wrong.
import { parkedCollection } from '@waymark/event-processing';
import { projections, projectionsOf } from './checks/lists.mjs';
import { commands, order } from './checks/record.mjs';
import { copies, once } from './checks/told.mjs';
import { deadlines, processes, workflows } from './checks/work.mjs';
import { probeOf } from './probe.mjs';

export const few = (faults) => (faults.length > 5 ? [...faults.slice(0, 5), `… and ${faults.length - 5} more`] : faults);

const parkedNowhere = async (record, services) => {
  const reactions = services.flatMap((service) => [
    ...projectionsOf(service).map(({ name }) => name),
    ...service.replicas.map(({ name }) => name),
    ...service.workflows.map(({ workflow }) => `${service.name}.${workflow.name}`),
    `${service.name}.relay`,
    `${service.name}.erasures`,
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
