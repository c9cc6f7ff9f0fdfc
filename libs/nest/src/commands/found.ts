import type { Aggregates } from '@waymark/event-store';
import type { Aggregate, AnyCommand, CaseId, DomainEvent } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import { notFound } from '../problems/problem.js';

/** What is already there: an aggregate's state and the case it belongs to, null where it is no one family's. */
export interface Found<S, Of extends CaseId | null = CaseId> {
  readonly state: S;
  readonly version: number;
  readonly caseId: Of;
}

/** An aggregate as it stands. @throws Problem 404 where there is none */
export const found = async <C extends AnyCommand, E extends DomainEvent, S>(
  aggregates: Aggregates,
  aggregate: Aggregate<C, E, S, PolicyPack>,
  id: string,
): Promise<Found<S, C['caseId']>> => {
  const { state, version, origin } = await aggregates.load(aggregate, id);
  if (!origin) throw notFound(nameOf(aggregate));
  return { state, version, caseId: origin.caseId };
};

const nameOf = (aggregate: { readonly name: string }): string => (aggregate.name.split('.')[1] ?? 'record').replaceAll('-', ' ');
