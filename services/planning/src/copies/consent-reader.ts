import { Inject, Injectable } from '@nestjs/common';
import { instant, type CaseId, type OrganisationId, type Uuid } from '@waymark/kernel';
import { READ_MODELS, type RecordingRequest, type RequestContext } from '@waymark/nest';
import type { ConsentFact } from '@waymark/planning-domain';
import type { ReadModelStore } from '@waymark/read-model';
import { EpisodeReader } from '../shared/episode-reader.js';
import { consentCollection, type KeptConsent } from './consents.copy.js';
import { reachCollection, type KeptReach } from './reach.copy.js';
import { reachedAt } from './reach.js';

interface Asked {
  readonly request: RecordingRequest;
  readonly context: RequestContext;
}

@Injectable()
export class ConsentReader {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModelStore,
    private readonly episodes: EpisodeReader,
  ) {}

  /** The agencies that may be told of the family at the moment that the request tells of. */
  async reached(caseId: CaseId, { request, context }: Asked): Promise<readonly OrganisationId[]> {
    await this.episodes.catchUp();
    const kept = await this.readModels.get<KeptReach>(reachCollection.name, caseId);
    return reachedAt(kept?.reach ?? [], request.occurredAt === undefined ? context.now : instant(request.occurredAt)) as OrganisationId[];
  }

  /** A consent of this family as known here, at the moment that the request tells of; null where there is none. */
  async of(caseId: CaseId, consentId: string | undefined, { request, context }: Asked): Promise<ConsentFact | null> {
    if (consentId === undefined) return null;
    // A withdrawal takes effect at once (CON-13), so what is recorded by now is waited for.
    await this.episodes.catchUp();
    const kept = await this.readModels.get<KeptConsent>(consentCollection.name, consentId);
    if (kept?.caseId !== caseId) return null;
    const at = request.occurredAt === undefined ? context.now : instant(request.occurredAt);
    const inForce = kept.from <= at && (kept.until === null || at < kept.until);
    return { consentId: consentId as Uuid, purpose: kept.purpose, inForce, ledgerPosition: kept.seenUpTo };
  }
}
