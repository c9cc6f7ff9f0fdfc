import { assessmentContracts, consentContracts, consentFactOf } from '@waymark/assessment-contracts';
import { replicatedLedgers } from '@waymark/nest';

/** What families agreed to, from what assessment publishes: everything that rests on consent here is decided on it (CON-13, CON-16). */
export const consents = replicatedLedgers('targeted-support', {
  takes: consentContracts,
  outOf: assessmentContracts,
  factOf: consentFactOf,
});
