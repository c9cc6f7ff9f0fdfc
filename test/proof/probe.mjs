// A service that belongs to the crash test alone: it counts how often events and messages take effect. Its counting is not idempotent
// on purpose, so that an effect taken twice shows, where a document that merely says the same again would hide it.
import { Module } from '@nestjs/common';

class ProbeModule {}
Module({})(ProbeModule);

export const eventsSeen = 'probe.events-seen';
export const messagesTaken = 'probe.messages-taken';

const countIn =
  (collection) =>
  async ({ id }, documents) => {
    const before = await documents.get(collection, id);
    documents.put(collection, { id, times: (before?.times ?? 0) + 1 });
  };

/** @param {readonly object[]} services whose events and messages it counts */
export const probeOf = (services) => {
  const contracts = services.flatMap(({ publishes }) => publishes.contracts);
  return {
    name: 'probe',
    module: ProbeModule,
    aggregates: [],
    events: [],
    publishes: { contracts: [], publish: () => [] },
    projections: [
      {
        name: 'probe.events',
        collections: [{ name: eventsSeen, indexes: [] }],
        handles: services.flatMap(({ events }) => events),
        needs: ({ id }) => [{ in: eventsSeen, id }],
        project: countIn(eventsSeen),
      },
    ],
    replicas: [
      {
        name: 'probe.messages',
        collections: [{ name: messagesTaken, indexes: [] }],
        takes: contracts,
        outOf: contracts,
        take: countIn(messagesTaken),
      },
    ],
    workflows: [],
  };
};
