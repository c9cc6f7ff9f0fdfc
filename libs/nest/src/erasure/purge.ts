import { isNonEmpty, type AnyEventDefinition } from '@waymark/kernel';
import { filterOf, Subscriber, type LogReactionDeps, type Projection, type ProjectionReaction } from '@waymark/event-processing';
import type { IdempotencyStore } from '../idempotency/idempotency-store.js';
import { ErasureConfirmed } from './erasure.js';
import type { Forgetting } from './forgetting.js';

/** Whether its documents may hold something of what is sealed. */
const looksAtSealed = ({ handles, opens }: Projection): boolean =>
  handles === 'all' || (opens ?? handles).some(({ seals }: AnyEventDefinition) => isNonEmpty(seals));

interface Deps {
  readonly service: string;
  readonly projections: readonly { readonly definition: Projection; readonly reaction: ProjectionReaction }[];
  readonly idempotency: IdempotencyStore;
  readonly forgetting: Forgetting;
}

/**
 * What a service does once when somebody was erased, in one of its processes: the read models that hold sealed values are built anew without theirs, and
 * remembered answers are deleted. The checkpoint is stored after that, so a crash in between repeats the work, which is idempotent.
 */
export const purgeReaction = ({ service, projections, idempotency, forgetting }: Deps, around: LogReactionDeps): Subscriber => {
  const filter = filterOf([ErasureConfirmed]);
  return new Subscriber(
    {
      name: `${service}.erasures`,
      ...(filter ? { filter } : {}),
      effect: async (events) => {
        for (const { data } of events) await forgetting.erase((data as { subjectId: string }).subjectId);
        for (const { definition, reaction } of projections) if (looksAtSealed(definition)) await reaction.rebuild();
        await idempotency.forgetAll();
      },
    },
    around,
  );
};
