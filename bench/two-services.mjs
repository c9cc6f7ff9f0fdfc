// Two services as processes of their own on real engines, with nothing in them yet: PostgreSQL, Kafka and a server of MongoDB's protocol, one each.
import { startEngines } from '../test/distributed/engines.mjs';
import { startProcess, untilServing } from '../test/distributed/processes.mjs';
import { ends } from './ending.mjs';

/**
 * Starts the engines and the services, does some work with them, and ends them all.
 * @param {readonly string[]} services
 * @param {(deployment: { ports: Readonly<Record<string, number>>, versions: string }) => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export const withServices = async (services, work) => {
  const starting = startEngines({ byHand: false });
  const endings = [ends(starting, (engines) => engines.stop())];
  try {
    const { postgres, kafka, mongo, env } = await starting;
    const processes = services.map((service) => startProcess({ service, env }));
    for (const process of processes) endings.push(ends(Promise.resolve(process), () => process.stop()));
    const ports = {};
    for (const process of processes) ports[process.service] = await untilServing(process);
    const versions = `PostgreSQL ${postgres.version}, Kafka ${kafka.version}, MongoDB's protocol ${mongo.version}`;
    return await work({ ports, versions });
  } finally {
    for (const end of endings.reverse()) await end();
  }
};
