import { accept, check, never, reveal, unknown, wrongState, type Decision, type Refused, type Sealed } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { ProvideInformation, RequestCommand, SubmitRequest, Triage, TriageRequest, WithdrawRequest } from './commands.js';
import * as events from './events.js';
import type { Evidence } from './evidence.js';
import { gate, requestConsents, triagePolicies, withdrawalPolicies, type Asking } from './policies.js';
import type { SpecialistService } from './specialist-services.js';
import type { Request, SubmittedRequest } from './state.js';

type Decided = Decision<events.RequestEvent>;

export const decide = (command: RequestCommand, state: Request, pack: PolicyPack): Decided => {
  if (command.kind === 'SubmitRequest') return submit(command, state, pack);
  if (state.status === 'not-submitted') return unknown('There is no such request for Targeted Support.', { field: 'requestId' });
  switch (command.kind) {
    case 'TriageRequest':
      return triage(command, state, pack);
    case 'ProvideInformation':
      return provideInformation(command, state, pack);
    case 'WithdrawRequest':
      return withdraw(command, state, pack);
    default:
      return never(command);
  }
};

const submit = (command: SubmitRequest, state: Request, pack: PolicyPack): Decided => {
  if (state.status !== 'not-submitted') return wrongState('This request was submitted already.', { field: 'requestId' });
  const { requestId, needs, kinds, persons, sharedWith, hopedFor, specialistServices } = command;
  const passed = askGate(command, state, pack);
  if ('outcome' in passed) return passed;
  return accept(
    events.RequestSubmitted({
      requestId,
      needs: [...needs],
      kinds: [...kinds],
      persons: [...persons],
      sharedWith: [...sharedWith],
      hopedFor,
      evidence: passed,
    }),
    ...prompts(command, specialistServices, []),
  );
};

const triage = (command: TriageRequest, state: SubmittedRequest, pack: PolicyPack): Decided => {
  if (state.status !== 'awaiting-triage') return wrongState('The request does not await triage.', { field: 'requestId' });
  const refusal = check(triagePolicies, command, state, pack);
  if (refusal) return refusal;
  const { requestId, reasons, evidence } = command;
  const { outcome } = command.triage;
  return accept(
    events.RequestTriaged({
      requestId,
      outcome,
      reasons,
      evidence: { leadProfessional: evidence.leadProfessional, consents: consentsOf(evidence), seenUpTo: evidence.seenUpTo },
    }),
    following(command.triage, command),
    events.LeadProfessionalTold({ requestId, outcome, leadProfessional: evidence.leadProfessional ?? state.leadProfessional }),
    ...prompts(command, command.specialistServices, state.prompted),
  );
};

const following = (outcome: Triage, { requestId }: TriageRequest): events.RequestEvent => {
  switch (outcome.outcome) {
    case 'allocate-directly': {
      const { provider, organisation, supportKind } = outcome;
      return events.SupportAllocated({ requestId, provider, organisation, supportKind });
    }
    case 'send-to-panel': {
      const { panel, because } = outcome;
      return events.RequestSentToPanel({ requestId, panel, because });
    }
    case 'return-for-information':
      return events.RequestReturned({ requestId, asked: outcome.asked });
    case 'signpost':
      return events.FamilySignposted({ requestId, to: outcome.to });
    default:
      return never(outcome);
  }
};

const provideInformation = (command: ProvideInformation, state: SubmittedRequest, pack: PolicyPack): Decided => {
  if (state.status !== 'returned') return wrongState('The request was not returned for information.', { field: 'requestId' });
  const { requestId, information, evidence, meta } = command;
  // Kinds that were erased have to be named anew (TS-05).
  const { needs = state.needs, kinds = reveal(state.kinds, []), sharedWith = state.sharedWith } = command;
  const passed = askGate({ needs, kinds, sharedWith, evidence, meta }, state, pack);
  if ('outcome' in passed) return passed;
  return accept(
    events.InformationProvided({
      requestId,
      needs: [...needs],
      kinds: [...kinds],
      sharedWith: [...sharedWith],
      information,
      evidence: passed,
    }),
  );
};

const withdraw = (command: WithdrawRequest, state: SubmittedRequest, pack: PolicyPack): Decided => {
  if (state.status === 'withdrawn' || state.status === 'signposted')
    return wrongState('The request has ended already.', { field: 'requestId' });
  const { requestId, reasons } = command;
  return check(withdrawalPolicies, command, state, pack) ?? accept(events.RequestWithdrawn({ requestId, reasons }));
};

/** Asks TS-01, TS-02, TS-03 and FD-07. Either the refusal, or the evidence as the event records it. */
const askGate = (asking: Asking, state: Request, pack: PolicyPack): Refused | ReturnType<typeof recorded> =>
  check(gate, asking, state, pack) ?? recorded(asking);

const recorded = ({ needs, evidence }: Asking) => {
  const { leadProfessional, eha, seenUpTo } = evidence;
  if (!leadProfessional || !eha) throw new TypeError('the gate let a request pass without evidence');
  return {
    leadProfessional,
    ehaId: eha.ehaId,
    ehaCompletedAt: eha.completedAt,
    ehaUpdatedAt: eha.updatedAt,
    needs: eha.needs.filter(({ needId }) => needs.includes(needId)),
    consents: consentsOf(evidence),
    seenUpTo,
  };
};

const consentsOf = (evidence: Evidence) =>
  requestConsents(evidence).map(({ consentId, agencies, from, until }) => ({ consentId, agencies: [...agencies], from, until }));

/** TS-08, once for each service. */
const prompts = (
  { requestId }: SubmitRequest | TriageRequest,
  named: readonly SpecialistService[],
  prompted: readonly Sealed<SpecialistService>[],
): events.RequestEvent[] =>
  [...new Set(named)]
    .filter((service) => !prompted.includes(service))
    .map((service) => events.SpecialistReferralPrompted({ requestId, service }));
