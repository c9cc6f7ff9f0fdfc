import type { CaseId } from '@waymark/kernel';
import type { Authority } from '@waymark/policy';
import type { Collection, ReadModelStore } from '@waymark/read-model';

/** A service's own copy of which authority a case belongs to, kept by one of its reactions. */
export interface CaseEntry {
  readonly id: CaseId;
  readonly authority: Authority;
}

export const caseCollection = (service: string): Collection => ({ name: `${service}.cases`, indexes: [] });

export class CaseDirectory {
  constructor(
    private readonly readModels: ReadModelStore,
    /** Waits until what is recorded by now has reached the copies. */
    private readonly catchUp: () => Promise<void>,
  ) {}

  /** The case's authority as far as the service knows; a case that was begun a moment ago is waited for once. */
  async authorityOf(service: string, caseId: CaseId): Promise<Authority | undefined> {
    const look = () => this.readModels.get<CaseEntry & { readonly [field: string]: unknown }>(`${service}.cases`, caseId);
    const found = await look();
    if (found) return found.authority;
    await this.catchUp();
    return (await look())?.authority;
  }
}
