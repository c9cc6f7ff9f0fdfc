import { Inject, Injectable } from '@nestjs/common';
import type { CaseId } from '@waymark/kernel';
import {
  CaseRecords,
  CommandRunner,
  ConsentLedgers,
  REACTIONS,
  type PlatformReactions,
  type RecordingRequest,
  type RequestContext,
} from '@waymark/nest';
import type { Collection } from '@waymark/read-model';
import {
  consentsInForceAt,
  latestEha,
  nobodyLeads,
  noEha,
  type EhaCopy,
  type Evidence,
  type LeadCopy,
} from '@waymark/targeted-support-domain';
import { ehaCollection, leadCollection, type Kept } from './collections.js';

const catchUpMs = 2_000;

interface Asked {
  readonly request: RecordingRequest;
  readonly context: RequestContext;
}

/** What this service knows of other services' facts, and how far it had read when it was asked. */
@Injectable()
export class EvidenceReader {
  constructor(
    private readonly records: CaseRecords,
    @Inject(REACTIONS) private readonly reactions: PlatformReactions,
    private readonly runner: CommandRunner,
    private readonly ledgers: ConsentLedgers,
  ) {}

  /** As of the moment that the request tells of. */
  async of(caseId: CaseId, { request, context }: Asked): Promise<Evidence> {
    // What is recorded by now is waited for. Not for ever: where the copy of an assessment or a lead lags, the decision is made on what is known, and the
    // positions say how far that was. Consent is different: where it cannot be known the answer is no.
    await this.reactions.catchUp(catchUpMs);
    const [lead, eha, { ledger, seen }] = await Promise.all([
      this.get<LeadCopy>(leadCollection, nobodyLeads, { caseId, context }),
      this.get<EhaCopy>(ehaCollection, noEha, { caseId, context }),
      this.ledgers.of('targeted-support', caseId),
    ]);
    return {
      leadProfessional: lead.leadProfessional,
      eha: latestEha(eha),
      consents: consentsInForceAt(ledger, this.runner.momentOf(request)),
      seenUpTo: { leadProfessional: lead.seenUpTo, eha: eha.seenUpTo, consent: seen },
    };
  }

  private async get<Copy>(
    { name }: Collection,
    none: Copy,
    { caseId, context }: { caseId: CaseId; context: RequestContext },
  ): Promise<Copy> {
    return (await this.records.document<Kept<Copy>>(name, caseId, context)) ?? none;
  }
}
