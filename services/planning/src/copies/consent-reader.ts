import { Inject, Injectable } from '@nestjs/common';
import type { CaseId, OrganisationId, Uuid } from '@waymark/kernel';
import { CommandRunner, READ_MODELS, type RecordingRequest } from '@waymark/nest';
import type { ConsentFact } from '@waymark/planning-domain';
import type { ReadModelStore } from '@waymark/read-model';
import { EpisodeReader } from '../shared/episode-reader.js';
import { consentCollection, type KeptConsent } from './consents.copy.js';
import { reachCollection, type KeptReach } from './reach.copy.js';
import { reachedAt } from './reach.js';

@Injectable()
export class ConsentReader {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModelStore,
    private readonly episodes: EpisodeReader,
    private readonly runner: CommandRunner,
  ) {}

  /** The agencies that may be told of the family at the moment that the request tells of. */
  async reached(caseId: CaseId, request: RecordingRequest): Promise<readonly OrganisationId[]> {
    await this.episodes.catchUp();
    const kept = await this.readModels.get<KeptReach>(reachCollection.name, caseId);
    return reachedAt(kept?.reach ?? [], this.runner.momentOf(request, kept?.toldAt)) as OrganisationId[];
  }

  /** A consent of this family as known here, at the moment that the request tells of; null where there is none. */
  async of(caseId: CaseId, consentId: string | undefined, request: RecordingRequest): Promise<ConsentFact | null> {
    if (consentId === undefined) return null;
    // A withdrawal takes effect at once (CON-13), so what is recorded by now is waited for.
    await this.episodes.catchUp();
    const kept = await this.readModels.get<KeptConsent>(consentCollection.name, consentId);
    if (kept?.caseId !== caseId) return null;
    const at = this.runner.momentOf(request, kept.toldAt);
    const inForce = kept.from <= at && (kept.until === null || at < kept.until);
    return { consentId: consentId as Uuid, purpose: kept.purpose, inForce, ledgerPosition: kept.seenUpTo };
  }
}
