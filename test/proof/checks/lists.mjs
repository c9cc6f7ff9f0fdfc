// Lists: what the log makes of them from its beginning.
import { deadlineIndex, ProjectionReaction } from '@waymark/event-processing';
import { MemoryReadModelStore } from '@waymark/read-model';
import { everyDocument } from '../record.mjs';
import { compare } from './same.mjs';

const clock = { now: () => new Date().toISOString() };

export const projectionsOf = ({ name, projections, deadlines, aggregates }) => [
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
export const projections = async (record, services) => {
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
