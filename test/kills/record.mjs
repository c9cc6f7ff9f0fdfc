// Opens the engines of a world whose process was stopped, and reads all that is in them.
import { clockOf, openEngines, readConfig, vocabularyOf } from '@waymark/nest';
import { recordOf } from '../proof/record.mjs';
import { everyDelivery } from './topics.mjs';

/** @returns the record, and each delivery of its messages; close it when done */
export const openRecord = async ({ env, prefix, services }) => {
  const read = readConfig(env, process.cwd());
  const config = { ...read, bus: { ...read.bus, prefix } };
  const vocabulary = vocabularyOf(services);
  const nothing = () => undefined;
  const engines = await openEngines({ name: 'kills', config, vocabulary, clock: clockOf(config), waiting: nothing, trouble: nothing });
  const topics = vocabulary.topics.map((topic) => prefix + topic);
  const deliveries = await everyDelivery({ brokers: config.bus.brokers, topics });
  const published = deliveries.map(({ message }) => message.id);
  const { store, readModels } = engines;
  return { ...(await recordOf({ store, readModels, published, close: () => engines.close() })), deliveries };
};
