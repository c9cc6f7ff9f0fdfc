import { collect, type EventStore, type Recorded } from '@waymark/event-store';
import { streamOf, type CaseId } from '@waymark/kernel';
import type { Condition, Document, ReadModelStore } from '@waymark/read-model';
import type { RequestContext } from '../identity/request-context.js';
import type { AnyAggregate } from '../platform/service-definition.js';
import { grantedTo } from './gate.js';

/** The record of one case, as the event store holds it. */
export type CaseRecord = Pick<EventStore, 'read' | 'readAll'>;

/**
 * Reads for handlers what the gate has let their request through to: the one case that it settled, or counts that are about nobody. All else is a fault
 * of the program: it throws a TypeError, which names no id, and nothing is shown.
 */
export class CaseRecords {
  constructor(
    private readonly store: CaseRecord,
    private readonly readModels: Pick<ReadModelStore, 'get' | 'find' | 'count'>,
  ) {}

  /** Every event of one of the case's records, in order; none where there is no such record. @throws TypeError for a record of another case */
  async events(aggregate: AnyAggregate, id: string, context: RequestContext): Promise<readonly Recorded[]> {
    const settled = caseSettledFor(context);
    const events = await collect(this.store.read(streamOf(aggregate, id)));
    if (events.some(({ caseId }) => caseId !== settled)) throw ofAnotherCase(aggregate.name);
    return events;
  }

  /** The document that is kept under the case's own id. @throws TypeError for another case's */
  async document<D extends Document>(collection: string, caseId: CaseId, context: RequestContext): Promise<D | undefined> {
    assertSettled(collection, caseId, context);
    return this.readModels.get<D>(collection, caseId);
  }

  /** The case's documents in a list with an indexed `caseId`, 50 at most. @throws TypeError for another case's */
  async documents<D extends Document>(
    collection: string,
    { caseId, where }: { readonly caseId: CaseId; readonly where: readonly Condition[] },
    context: RequestContext,
  ): Promise<readonly D[]> {
    assertSettled(collection, caseId, context);
    const { items } = await this.readModels.find<D>(collection, { where: [{ field: 'caseId', is: caseId }, ...where] });
    return items;
  }

  /** All that is on record of the case, whichever service's it is. Of streams that several cases share it reads this case's events alone. @throws TypeError for another case */
  whole(caseId: CaseId, context: RequestContext): CaseRecord {
    assertSettled('the whole record', caseId, context);
    const { store } = this;
    return {
      readAll: (after, options) => store.readAll(after, { ...options, filter: { ...options?.filter, caseId } }),
      read: async function* (stream, range) {
        for await (const page of store.read(stream, range)) yield page.filter((event) => event.caseId === caseId);
      },
    };
  }

  /** How many documents there are, whosever: for a route that declares that it shows nothing personal. @throws TypeError for any other */
  async count(collection: string, where: readonly Condition[], context: RequestContext): Promise<number> {
    assertAboutNobody(context);
    return this.readModels.count(collection, where);
  }
}

/** @throws TypeError where the request's route is about somebody */
export const assertAboutNobody = (context: RequestContext): void => {
  if (grantedTo(context).about !== 'nobody') throw new TypeError('counts of all cases are for routes that show nothing personal');
};

const caseSettledFor = (context: RequestContext): string => {
  const { about } = grantedTo(context);
  if (typeof about === 'string')
    throw new TypeError('a record was asked for where the gate settled no case; the route says of: caseOf(…) or the like');
  return about.caseId;
};

/** @throws TypeError where it is not the case that the gate settled for the request */
export const assertSettled = (what: string, caseId: CaseId, context: RequestContext): void => {
  if (caseSettledFor(context) !== caseId) throw ofAnotherCase(what);
};

const ofAnotherCase = (what: string): TypeError => new TypeError(`${what}: of another case than the one that the gate settled`);
