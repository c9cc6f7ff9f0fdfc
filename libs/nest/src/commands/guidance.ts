import type { PackInForce } from '@waymark/event-store';
import type { CaseId, Instant } from '@waymark/kernel';
import type { Authority, PackSource, PolicyPack } from '@waymark/policy';
import type { AnyAggregate } from '../platform/service-definition.js';
import type { CaseDirectory } from './case-directory.js';

/** What is recorded as the policy of a decision on which no authority's guidance bears. */
export const platformPolicy: PackInForce = { id: 'platform', version: '1' };

/** It is not known under which authority something is decided. Never guessed: the numbers and lists of another authority would be recorded as its own. */
export class AuthorityNotKnown extends Error {
  override readonly name = 'AuthorityNotKnown';
  constructor(readonly of: 'case' | 'record') {
    super(`the authority of the ${of} is not known here yet`);
  }
}

interface Decision {
  readonly caseId: CaseId | null;
  readonly state: unknown;
  /** When it is decided. */
  readonly at: Instant;
}

/** Finds the guidance that a decision is made under: the case's where it is about a case, the record's own where it is about none. */
export class Guidance {
  constructor(
    private readonly cases: CaseDirectory,
    private readonly packs: PackSource,
  ) {}

  /** @throws AuthorityNotKnown */
  async authorityFor(aggregate: AnyAggregate, { caseId, state, at }: Decision): Promise<Authority | 'none'> {
    const known =
      caseId === null ? aggregate.authorityOf?.(state) : await this.cases.authorityOf(String(aggregate.name.split('.')[0]), caseId, at);
    if (known === undefined) throw new AuthorityNotKnown(caseId === null ? 'record' : 'case');
    return known;
  }

  /** The pack in force. An aggregate under no authority's guidance uses its policy only for the id and version that are recorded. */
  packOf(authority: Authority | 'none', at: Instant): PolicyPack {
    return authority === 'none' ? (platformPolicy as PolicyPack) : this.packs.packFor(authority, at);
  }
}
