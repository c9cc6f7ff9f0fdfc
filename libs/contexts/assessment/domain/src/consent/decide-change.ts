import { accept, check, refuse, unknown, wrongState, type Decision, type Instant, type PersonId, type Refused } from '@waymark/kernel';
import { consentsInForce, reachedBy, takingPart } from '@waymark/consent';
import type { PolicyPack } from '@waymark/policy';
import { prompt, type PromptRaised } from '../common/prompts.js';
import type { RenewConsent, WithdrawConsent } from './commands.js';
import { ConsentRenewed, ConsentWithdrawn, type ConsentEvent } from './events.js';
import { judgementRestedOn } from './giver-policies.js';
import { renewalPolicies, renewPolicies } from './policies.js';
import type { Consent, Ledger } from './state.js';

/** CON-13: in force at once, for all agencies or some. */
export const withdraw = (command: WithdrawConsent, ledger: Ledger): Decision<ConsentEvent | PromptRaised> => {
  const { consentId, by, agencies, reason, meta } = command;
  const consent = ledger.consents.find((candidate) => candidate.consentId === consentId);
  if (!consent) return noSuchConsent();
  const refusal = byItsGiver(consent, by) ?? reachesThen(consent, agencies, meta.occurredAt);
  if (refusal) return refusal;
  const { purpose } = consent;
  return accept<ConsentEvent | PromptRaised>(
    ConsentWithdrawn({ consentId, purpose, by, agencies: agencies && [...agencies], reason }),
    ...(nobodyIsLeft(command, ledger, purpose) ? [prompt('close-the-work', consentId)] : []),
  );
};

/** A renewal goes through the notice again, and through the giver's competence where it rests on that. */
export const renew = (command: RenewConsent, ledger: Ledger, pack: PolicyPack): Decision<ConsentEvent> => {
  const { consentId, by, agencies, notice, method, until, meta } = command;
  const consent = ledger.consents.find((candidate) => candidate.consentId === consentId);
  if (!consent) return noSuchConsent();
  const refusal = byItsGiver(consent, by) ?? notBefore(consent, meta.occurredAt) ?? check(renewPolicies, command, ledger, pack);
  if (refusal) return refusal;
  const { purpose } = consent;
  const giver = { personId: by, capacity: consent.capacity, dateOfBirth: consent.dateOfBirth };
  const { covers } = consent;
  const unable = check(renewalPolicies, { giver, purpose, covers, meta }, ledger, pack);
  if (unable) return unable;
  const restsOn = judgementRestedOn({ giver, meta }, ledger, pack);
  return accept(ConsentRenewed({ consentId, purpose, agencies: [...agencies], notice, method, until, restsOn }));
};

/** CON-17: with this one the last consent to take part ends. */
const nobodyIsLeft = ({ consentId, agencies, meta }: WithdrawConsent, ledger: Ledger, purpose: string): boolean =>
  purpose === takingPart &&
  consentsInForce(ledger, takingPart, meta.occurredAt).every(
    (other) =>
      other.consentId === consentId &&
      (agencies === null || reachedBy(other, meta.occurredAt).every((agency) => agencies.includes(agency))),
  );

const noSuchConsent = (): Refused => unknown('There is no such consent in the ledger.', { field: 'consentId' });

/** CON-09: nobody undoes or renews what another gave. */
const byItsGiver = (consent: Consent, by: PersonId): Refused | undefined =>
  consent.giver === by
    ? undefined
    : refuse('CON-09', 'Only whoever gave a consent withdraws or renews it: record what another person says as their own answer.', {
        field: 'by',
      });

const reachesThen = (consent: Consent, agencies: WithdrawConsent['agencies'], at: Instant): Refused | undefined => {
  const reached = reachedBy(consent, at);
  if (reached.length === 0)
    return wrongState('This consent does not hold then: there is nothing left to withdraw.', { field: 'consentId' });
  return agencies && (agencies.length === 0 || agencies.some((agency) => !reached.includes(agency)))
    ? wrongState('This consent does not reach all of these agencies then: name those that it reaches, or none for all.', {
        field: 'agencies',
      })
    : undefined;
};

const notBefore = (consent: Consent, at: Instant): Refused | undefined =>
  at < consent.changedAt
    ? wrongState('This consent has changed since then: enter the renewal as of a later moment.', { field: 'occurredAt' })
    : undefined;
