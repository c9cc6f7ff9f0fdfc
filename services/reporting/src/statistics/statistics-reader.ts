import { collect, type EventStore } from '@waymark/event-store';
import type { EventOf } from '@waymark/kernel';
import { ErasedCaseCounted, ErasedChildCounted } from '@waymark/nest';
import { filterOf } from '@waymark/reactions';

export interface Counted {
  readonly cases: readonly EventOf<typeof ErasedCaseCounted>['data'][];
  readonly children: readonly EventOf<typeof ErasedChildCounted>['data'][];
}

/** Reads what was counted of what is erased, from the record itself; erasures are few. */
export class StatisticsReader {
  constructor(private readonly store: EventStore) {}

  async counted(): Promise<Counted> {
    const [cases, children] = await Promise.all([this.dataOf(ErasedCaseCounted), this.dataOf(ErasedChildCounted)]);
    return { cases: cases as Counted['cases'], children: children as Counted['children'] };
  }

  /** @throws UnreadableEvent: a sum without it would be wrong */
  private async dataOf(definition: typeof ErasedCaseCounted | typeof ErasedChildCounted): Promise<readonly unknown[]> {
    const filter = filterOf([definition]);
    const events = await collect(this.store.readAll('start', filter ? { filter } : {}));
    return events.map((event) => {
      if (event instanceof Error) throw event;
      return event.data;
    });
  }
}
