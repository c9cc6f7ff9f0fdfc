import type { After } from '@waymark/event-store';
import type { CaseId, Instant } from '@waymark/kernel';
import type { CaseRecord } from '@waymark/nest';
import { entryOf, recordedAtOf, type CaseEvent, type ChronologyEntry, type Numbered } from './entry.js';
import type { DomainCatalogue } from './domain-catalogue.js';

/** A place in a case: how many of its events come before, and where the log goes on. */
export interface Place {
  readonly version: number;
  readonly position: After;
}

export const beginning: Place = { version: 0, position: 'start' };

/** How far a reading goes. What both allow is shown. */
export interface Horizon {
  /** Only what was recorded by then: the case as it was known (GEN-02). */
  readonly asKnownAt?: Instant;
  /** Only up to this version of the case. */
  readonly to?: number;
}

/** Reads a case from the record itself: whatever a projection forgot, it is here. */
export class CaseHistory {
  constructor(
    private readonly record: Pick<CaseRecord, 'readAll'>,
    private readonly practice: DomainCatalogue,
    private readonly pageSize = 200,
  ) {}

  /** Every event of the case in the order of the record, from a place on. Versions count all of them, also those that the horizon leaves out. */
  async *events(caseId: CaseId, horizon: Horizon = {}, from: Place = beginning): AsyncGenerator<Numbered> {
    let { version } = from;
    for await (const page of this.record.readAll(from.position, { filter: { caseId }, pageSize: this.pageSize }))
      for (const event of page) {
        if (++version > (horizon.to ?? Infinity)) return;
        if (isKnown(event, horizon)) yield { version, event };
      }
  }

  /** The same, told. Empty where there is no such case. */
  async *historyOf(caseId: CaseId, horizon: Horizon = {}, from: Place = beginning): AsyncGenerator<ChronologyEntry> {
    for await (const numbered of this.events(caseId, horizon, from)) yield entryOf(this.practice, numbered);
  }

  async exists(caseId: CaseId): Promise<boolean> {
    for await (const page of this.record.readAll('start', { filter: { caseId }, limit: 1 })) if (page.length > 0) return true;
    return false;
  }
}

const isKnown = (event: CaseEvent, { asKnownAt }: Horizon): boolean => asKnownAt === undefined || recordedAtOf(event) <= asKnownAt;
