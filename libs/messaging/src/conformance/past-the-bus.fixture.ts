import { deadLetterTopic } from '../topics.js';
import { partitionOf, partitionsPerTopic, type TopicLog } from '../topic-log.js';
import type { BusHarness } from './bus.suite.js';

/** What a stranger puts on, and reads off, the topics of an embedded bus. */
export const pastTheBus = (log: () => TopicLog): Pick<BusHarness, 'putForeign' | 'deadLetters'> => ({
  putForeign: async (topic, key, value) => log().append(topic, [{ partition: partitionOf(key), value }]),
  deadLetters: async () =>
    Array.from({ length: partitionsPerTopic }, (_, partition) => log().read({ topic: deadLetterTopic, partition }, 0, 100))
      .flat()
      .map(({ value }) => value),
});
