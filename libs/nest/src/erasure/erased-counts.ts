import { collect, type EventStore } from '@waymark/event-store';
import type { EventOf } from '@waymark/kernel';
import { filterOf } from '@waymark/event-processing';
import { assertAboutNobody } from '../access/case-records.js';
import type { RequestContext } from '../identity/request-context.js';
import { ErasedCaseCounted, ErasedChildCounted } from './statistic.js';

export interface Counted {
  readonly cases: readonly EventOf<typeof ErasedCaseCounted>['data'][];
  readonly children: readonly EventOf<typeof ErasedChildCounted>['data'][];
}

/** Reads the statistics of what was erased, from the event log itself; erasures are few. For routes that show nothing personal. */
export class ErasedCounts {
  constructor(private readonly store: Pick<EventStore, 'readAll'>) {}

  /** @throws TypeError past the gate, or for a route about somebody; UnreadableEvent: a sum without it would be wrong */
  async counted(context: RequestContext): Promise<Counted> {
    assertAboutNobody(context);
    const [cases, children] = await Promise.all([this.dataOf(ErasedCaseCounted), this.dataOf(ErasedChildCounted)]);
    return { cases: cases as Counted['cases'], children: children as Counted['children'] };
  }

  private async dataOf(definition: typeof ErasedCaseCounted | typeof ErasedChildCounted): Promise<readonly unknown[]> {
    const filter = filterOf([definition]);
    const events = await collect(this.store.readAll('start', filter ? { filter } : {}));
    return events.map((event) => {
      if (event instanceof Error) throw event;
      return event.data;
    });
  }
}
