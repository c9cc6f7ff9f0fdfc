import { Injectable } from '@nestjs/common';
import { reachedBy } from '@waymark/consent';
import type { CaseId, Uuid } from '@waymark/kernel';
import { CommandRunner, ConsentLedgers, type RecordingRequest } from '@waymark/nest';
import type { ConsentFact } from '@waymark/planning-domain';

@Injectable()
export class ConsentReader {
  constructor(
    private readonly consents: ConsentLedgers,
    private readonly runner: CommandRunner,
  ) {}

  /** A consent of this family as known here, at the moment that the request tells of; null where there is none. */
  async of(caseId: CaseId, consentId: string | undefined, request: RecordingRequest): Promise<ConsentFact | null> {
    if (consentId === undefined) return null;
    const { ledger, seen } = await this.consents.of('planning', caseId);
    const consent = ledger.consents.find((candidate) => candidate.consentId === consentId);
    if (!consent || seen === null) return null;
    const inForce = reachedBy(consent, this.runner.momentOf(request)).length > 0;
    return { consentId: consentId as Uuid, purpose: consent.purpose, inForce, ledgerPosition: seen };
  }
}
