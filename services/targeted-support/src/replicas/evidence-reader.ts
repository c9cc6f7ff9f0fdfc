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
  request as aggregate,
  type EhaReplica,
  type Evidence,
  type LeadReplica,
} from '@waymark/targeted-support-domain';
import { ehaCollection, leadCollection, type Kept } from './collections.js';

const catchUpMs = 2_000;

/** What is decided. */
interface Intent {
  readonly kind: string;
  readonly caseId: CaseId;
}

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

  /** As of the moment that the request tells of. What waits for no consent does not ask for it: its evidence names none (docs/adr/0016). */
  async of(intent: Intent, { request, context }: Asked): Promise<Evidence> {
    const { caseId } = intent;
    // What is recorded by now is waited for. Not for ever: where the copy of an assessment or a lead lags, the decision is made on what is known, and the
    // positions say how far that was. Consent is different: where it cannot be known the answer is no.
    await this.reactions.catchUp(catchUpMs);
    const [lead, eha, consent] = await Promise.all([
      this.get<LeadReplica>(leadCollection, nobodyLeads, { caseId, context }),
      this.get<EhaReplica>(ehaCollection, noEha, { caseId, context }),
      aggregate.restsOnConsent(intent) ? this.ledgers.of('targeted-support', caseId) : undefined,
    ]);
    return {
      leadProfessional: lead.leadProfessional,
      eha: latestEha(eha),
      consents: consent ? consentsInForceAt(consent.ledger, this.runner.momentOf(request)) : [],
      seenUpTo: { leadProfessional: lead.seenUpTo, eha: eha.seenUpTo, consent: consent?.seen ?? null },
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
