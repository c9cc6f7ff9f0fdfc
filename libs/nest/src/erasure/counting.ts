import type { Aggregates, EventStore } from '@waymark/event-store';
import type { Ids, Uuid } from '@waymark/kernel';
import { problem } from '../problems/problem.js';
import type { CountOf, ServiceDefinition } from '../platform/service-definition.js';
import { erasure } from './erasure.js';
import { ErasedCaseCounted, ErasedChildCounted, type SetAside, type Statistic } from './statistic.js';

interface Deps {
  readonly store: EventStore;
  readonly aggregates: Pick<Aggregates, 'load'>;
  readonly ids: Ids;
}

/** Reads what stays countable of what is about to be erased, while it can be read. */
export class Counting {
  readonly #countOf: CountOf | undefined;

  constructor(
    services: readonly ServiceDefinition[],
    private readonly deps: Deps,
  ) {
    const isErased = async (id: string) => (await deps.aggregates.load(erasure, id)).state.status === 'confirmed';
    const [counts] = services.flatMap(({ countsErased }) => (countsErased ? [countsErased] : []));
    this.#countOf = counts?.({ store: deps.store, isErased });
  }

  /**
   * @returns null where there is nothing to count
   * @throws Problem 409 in a process that cannot read the whole record: what was never counted could not be counted later
   */
  async setAside(subjectId: Uuid): Promise<SetAside | null> {
    if (!this.#countOf) throw confirmedElsewhere(subjectId);
    const counted = await this.#countOf(subjectId);
    if (!counted) return null;
    const [setAsideId, statisticId] = [this.deps.ids.next() as Uuid, this.deps.ids.next() as Uuid];
    return { setAsideId, statistic: { statisticId, ...partsOf(counted) } };
  }
}

const partsOf = (counted: Statistic) => ({
  ofCase: counted.type === ErasedCaseCounted.type ? counted.data : null,
  ofChild: counted.type === ErasedChildCounted.type ? counted.data : null,
});

const confirmedElsewhere = (subjectId: Uuid) =>
  problem(
    [409, 'wrong-state', 'Not possible here'],
    `What stays countable has to be read first, and this process does not read the whole record. Confirm it where reporting runs: POST /api/reporting/operation/erasures/${subjectId}/confirm.`,
  );
