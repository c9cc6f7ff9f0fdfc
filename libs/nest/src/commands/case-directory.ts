import type { CaseId, Instant } from '@waymark/kernel';
import { authorityAt, type Authority, type AuthorityHistory } from '@waymark/policy';
import type { Collection, Document, ReadModelStore } from '@waymark/read-model';

/** A service's own copy of which authority a case is under, kept by one of its reactions. */
export interface CaseEntry extends Document {
  readonly id: CaseId;
  /** The one that it is under now. */
  readonly authority: Authority;
  /** Entries of earlier builds have none: such a case has always been under the one. */
  readonly history?: AuthorityHistory;
}

export const caseCollection = (service: string): Collection => ({ name: `${service}.cases`, indexes: ['authority'] });

/** A case as it begins. It keeps its authority, whatever later contacts name: to move it is a decision of its own (EP-08). */
export const caseEntry = (id: CaseId, authority: Authority, from: Instant): CaseEntry => ({
  id,
  authority,
  history: [{ authority, from }],
});

export class CaseDirectory {
  constructor(
    private readonly readModels: ReadModelStore,
    /** Waits until what is recorded by now has reached the replicas. */
    private readonly catchUp: () => Promise<void>,
  ) {}

  /** The case's authority at a moment as far as the service knows; a case that was begun a moment ago is waited for once. */
  async authorityOf(service: string, caseId: string, at: Instant): Promise<Authority | undefined> {
    const look = () => this.readModels.get<CaseEntry>(`${service}.cases`, caseId);
    let found = await look();
    if (!found) {
      await this.catchUp();
      found = await look();
    }
    return found && (found.history ? authorityAt(found.history, at) : found.authority);
  }
}
