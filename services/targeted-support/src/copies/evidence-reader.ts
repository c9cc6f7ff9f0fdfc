import { Inject, Injectable } from '@nestjs/common';
import type { EventStore } from '@waymark/event-store';
import type { CaseId } from '@waymark/kernel';
import { CommandRunner, EVENT_STORE, REACTIONS, READ_MODELS, type PlatformReactions, type RecordingRequest } from '@waymark/nest';
import type { Collection, ReadModelStore } from '@waymark/read-model';
import {
  consentsInForce,
  latestEha,
  noConsents,
  nobodyLeads,
  noEha,
  type ConsentCopy,
  type EhaCopy,
  type Evidence,
  type LeadCopy,
} from '@waymark/targeted-support-domain';
import { consentCollection, ehaCollection, leadCollection, type Kept } from './collections.js';

const catchUpMs = 2_000;

/** What this service knows of other services' facts, and how far it had read when it was asked. */
@Injectable()
export class EvidenceReader {
  constructor(
    @Inject(READ_MODELS) private readonly readModels: ReadModelStore,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(REACTIONS) private readonly reactions: PlatformReactions,
    private readonly runner: CommandRunner,
  ) {}

  /** As of the moment that the request tells of. */
  async of(caseId: CaseId, request: RecordingRequest): Promise<Evidence> {
    await this.catchUp();
    const [lead, eha, consent] = await Promise.all([
      this.get<LeadCopy>(leadCollection, caseId, nobodyLeads),
      this.get<EhaCopy>(ehaCollection, caseId, noEha),
      this.get<ConsentCopy>(consentCollection, caseId, noConsents),
    ]);
    return {
      leadProfessional: lead.leadProfessional,
      eha: latestEha(eha),
      consents: consentsInForce(consent, this.runner.momentOf(request, consent.toldAt)),
      seenUpTo: { leadProfessional: lead.seenUpTo, eha: eha.seenUpTo, consent: consent.seenUpTo },
    };
  }

  /**
   * A withdrawal takes effect at once (CON-13), so what is recorded by now is waited for. Not for ever: where a copy lags, the decision is made
   * on what is known, and the positions say how far that was.
   */
  private async catchUp(): Promise<void> {
    const head = await this.store.head();
    if (head !== 'start') await this.reactions.waitFor(head, catchUpMs);
  }

  private async get<Copy>({ name }: Collection, caseId: CaseId, none: Copy): Promise<Copy & { readonly toldAt?: string }> {
    return (await this.readModels.get<Kept<Copy>>(name, caseId)) ?? (none as Copy & { readonly toldAt?: string });
  }
}
