import { mayUse, type Allowed, type Ask, type KnownConsent } from '@waymark/consent';
import type { Aggregates } from '@waymark/event-store';
import type { CaseId, Clock } from '@waymark/kernel';
import type { ReadModelStore } from '@waymark/read-model';
import type { PlatformReactions } from '../platform/reactions.js';
import type { ServiceDefinition } from '../platform/service-definition.js';

/** Where a service finds the consent ledger of a case. */
export interface ConsentSource {
  /** @throws Problem 503 `consent-unknown` where it cannot be said that the newest is known: then the answer is no */
  of(caseId: CaseId): Promise<KnownConsent>;
}

/** What a source stands on. */
export interface ConsentDeps {
  readonly aggregates: Aggregates;
  readonly readModels: ReadModelStore;
  readonly reactions: Pick<PlatformReactions, 'waitForCopy' | 'isParked'>;
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
   * @throws TypeError where the service declares no source: what rests on consent cannot be decided there
   */
  async of(service: string, caseId: CaseId): Promise<KnownConsent> {
    const source = this.sources.get(service);
    if (!source) throw new TypeError(`${service}: a command rests on consent, and the service does not say where its ledger is`);
    return source.of(caseId);
  }

  /**
   * For whoever reads: a gate, a list, an export.
   * @throws Problem 503 `consent-unknown`
   */
  async mayUse(service: string, caseId: CaseId, ask: Ask): Promise<Allowed> {
    return mayUse((await this.of(service, caseId)).ledger, ask);
  }
}
