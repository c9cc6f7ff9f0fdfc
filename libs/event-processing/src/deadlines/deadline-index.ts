import type { DeadlineEvents } from '@waymark/deadlines';
import { instantFromMs, msOf, type CaseId, type Instant, type StreamName, type Uuid } from '@waymark/kernel';
import type { Collection, Document } from '@waymark/read-model';
import { ReactionFailure } from '../core/failure.js';
import { projection } from '../projections/projection.js';

export type Firing = 'remind' | 'miss';

/** An entry of the index of deadlines; made from the log alone. */
export interface IndexedDeadline extends Document {
  /** The deadline's id. */
  readonly id: string;
  readonly stream: StreamName;
  /** `<service>.<aggregate>` and the id within it. */
  readonly aggregate: `${string}.${string}`;
  readonly aggregateId: string;
  readonly caseId: CaseId | null;
  readonly rule: string;
  readonly about: Uuid | null;
  readonly dueAt: Instant;
  readonly remindAt: Instant | null;
  readonly status: 'open' | 'met' | 'missed' | 'cancelled';
  /** It passed without being met; for good, whatever was done since. */
  readonly breached: boolean;
  /** When it has to be fired next, and what for; null once there is nothing left to fire. */
  readonly nextAt: Instant | null;
  readonly next: Firing | null;
}

export const deadlineCollection = (service: string): Collection => ({
  name: `${service}.deadlines`,
  indexes: ['nextAt', 'status', 'breached', 'caseId', 'rule', 'dueAt'],
});

/**
 * Indexes the deadlines of a service by when they have to be fired. An entry moves on only when the event came back through the log, so whatever was
 * fired and lost is fired again.
 * @param aggregates the names of the service's aggregates that have deadlines, `planning.episode`
 */
export const deadlineIndex = <const S extends string>(
  service: S,
  events: DeadlineEvents<S>,
  aggregates: readonly `${string}.${string}`[],
) => {
  const collection = deadlineCollection(service);
  return projection({
    name: `${service}.deadline-index`,
    version: 2,
    collections: [collection],
    handles: [events.DeadlineSet, events.DeadlineReminded, events.DeadlineMet, events.DeadlineMissed, events.DeadlineCancelled],
    opens: [],
    needs: ({ data }) => [{ in: collection.name, id: (data as { deadlineId: Uuid }).deadlineId }],
    project: async (event, documents) => {
      const { deadlineId } = event.data as { deadlineId: Uuid };
      if (event.type === events.DeadlineSet.type) {
        const { rule, about, dueAt, remindAt } = event.data as unknown as Pick<IndexedDeadline, 'rule' | 'about' | 'dueAt' | 'remindAt'>;
        const set = {
          id: deadlineId,
          stream: event.stream,
          ...ownerOf(event.stream, aggregates),
          caseId: event.caseId,
          rule,
          about,
          dueAt,
          remindAt,
        };
        documents.put(collection.name, { ...set, status: 'open', breached: false, ...nextOf(dueAt, remindAt) } satisfies IndexedDeadline);
        return;
      }
      const known = await documents.get<IndexedDeadline>(collection.name, deadlineId);
      if (!known) throw new ReactionFailure(`${event.type} at ${event.stream} version ${event.version}: no such deadline was set`);
      documents.put(collection.name, { ...known, ...after(event.type, known) });
    },
  });
};

/** What is done at the due moment itself is in time; a miss begins a millisecond later. */
export const missedFrom = (dueAt: Instant): Instant => instantFromMs(msOf(dueAt) + 1);

/** A reminder that is not before the due time reminds of nothing. */
const nextOf = (dueAt: Instant, remindAt: Instant | null): Pick<IndexedDeadline, 'nextAt' | 'next'> =>
  remindAt !== null && remindAt < dueAt ? { nextAt: remindAt, next: 'remind' } : { nextAt: missedFrom(dueAt), next: 'miss' };

const nothingLeft = { nextAt: null, next: null } as const;

const after = (type: string, known: IndexedDeadline): Partial<IndexedDeadline> => {
  if (type.includes('.DeadlineReminded.')) return known.status === 'open' ? { nextAt: missedFrom(known.dueAt), next: 'miss' } : {};
  if (type.includes('.DeadlineMet.')) return { status: 'met', ...nothingLeft };
  if (type.includes('.DeadlineMissed.')) return { status: 'missed', breached: true, ...nothingLeft };
  return { status: 'cancelled', ...nothingLeft };
};

const ownerOf = (stream: StreamName, aggregates: readonly `${string}.${string}`[]): Pick<IndexedDeadline, 'aggregate' | 'aggregateId'> => {
  const aggregate = aggregates.find((name) => stream.startsWith(`${name}-`));
  if (!aggregate) throw new ReactionFailure(`${stream} is of no aggregate whose deadlines are known; list it where the index is made`);
  return { aggregate, aggregateId: stream.slice(aggregate.length + 1) };
};
