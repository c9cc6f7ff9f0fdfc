import type { EventStore, Filter } from '@waymark/event-store';
import { isUnreadable, type CaseEvent } from '../history/entry.js';
import { isProcessMemory } from '../history/practice.js';

const isOfThePractice = (event: CaseEvent): boolean => !isProcessMemory((isUnreadable(event) ? event.at : event).stream);

/**
 * How many events stand in the record that a projection may have to take in: those of its own service, and of every service for
 * reporting's. An upper bound where a projection leaves some of its service's types out.
 */
export const countEvents =
  (store: EventStore) =>
  async (projection: string): Promise<number> => {
    const [service = ''] = projection.split('.');
    const filter: Filter = service === 'reporting' ? {} : { typePrefixes: [`${service}.`] };
    let count = 0;
    for await (const page of store.readAll('start', { filter, pageSize: 1_000 }))
      count += page.filter((event) => isOfThePractice(event)).length;
    return count;
  };
