import type { KnownConsent } from '@waymark/consent';
import type { Aggregates } from '@waymark/event-store';
import type { CaseId, Clock } from '@waymark/kernel';
import type { ReadModelStore } from '@waymark/read-model';
import type { PlatformReactions } from '../platform/reactions.js';
import type { ServiceDefinition } from '../platform/service-definition.js';
import type { Problem } from '../problems/problem.js';

/** Where a service finds the consent ledger of a case. */
export interface ConsentSource {
  /** @throws Problem 503 `consent-unknown` where it cannot be said that the newest is known: then the answer is no */
  of(caseId: CaseId): Promise<KnownConsent>;
  /**
   * The same of several cases in one go, for a list: what is not known of one of them does not keep the others back. A problem stands for it.
   * @throws Problem 503 `consent-unknown` where it is not known of any
   */
  ofAll(cases: readonly CaseId[]): Promise<ReadonlyMap<CaseId, KnownConsent | Problem>>;
}

/** What a source stands on. */
export interface ConsentDeps {
  readonly aggregates: Aggregates;
  readonly readModels: ReadModelStore;
  readonly reactions: Pick<PlatformReactions, 'waitForReplica' | 'parkedOf'>;
  readonly clock: Clock;
}

/** The consent ledgers as each service knows them: its own where it owns them, its copy where it does not. One place per service. */
export class ConsentLedgers {
  private readonly sources: ReadonlyMap<string, ConsentSource>;

  constructor(services: readonly ServiceDefinition[], deps: ConsentDeps) {
    this.sources = new Map(services.flatMap(({ name, consent }) => (consent ? [[name, consent(deps)] as const] : [])));
  }

  /**
   * @throws Problem 503 `consent-unknown`
   * @throws TypeError where the service declares no source: what depends on consent cannot be decided there
   */
  async of(service: string, caseId: CaseId): Promise<KnownConsent> {
    return this.sourceOf(service).of(caseId);
  }

  /**
   * For whoever reads several cases: the gate of a list.
   * @throws Problem 503 `consent-unknown`
   * @throws TypeError where the service declares no source
   */
  async ofAll(service: string, cases: readonly CaseId[]): Promise<ReadonlyMap<CaseId, KnownConsent | Problem>> {
    return this.sourceOf(service).ofAll(cases);
  }

  private sourceOf(service: string): ConsentSource {
    const source = this.sources.get(service);
    if (!source) throw new TypeError(`${service}: what is asked rests on consent, and the service does not say where its ledger is`);
    return source;
  }
}
