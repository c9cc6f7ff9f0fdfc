import { UnreadableEvent, type EventStore, type Filter } from '@waymark/event-store';

/** The workflows' own memory stands in streams of theirs; no projection takes it in. */
const isMemory = (stream: string): boolean => /^[a-z-]+\.workflow-/.test(stream);

/**
 * How many events of the log a projection may have to process: those of its own service, and of every service for
 * reporting's. An upper bound where a projection leaves some of its service's types out.
 */
export const countEvents = async (store: EventStore, projection: string): Promise<number> => {
  const [service = ''] = projection.split('.');
  const filter: Filter = service === 'reporting' ? {} : { typePrefixes: [`${service}.`] };
  let count = 0;
  for await (const page of store.readAll('start', { filter, pageSize: 1_000 }))
    count += page.filter((event) => !isMemory((event instanceof UnreadableEvent ? event.at : event).stream)).length;
  return count;
};
