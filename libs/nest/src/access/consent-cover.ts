import type { ConsentPurpose } from '@waymark/access';
import { mayUse, newestOf, takingPart, type ConsentLedger } from '@waymark/consent';
import type { Instant, OrganisationId } from '@waymark/kernel';

const [work, request] = [takingPart, 'targeted-support-request'] as const;

/**
 * To which purposes an organisation may read now. A request goes on only while the family takes part (CON-17). A decision to share opens no case: it holds for its
 * content alone (CON-19). A clock that was set back brings nothing back that was withdrawn by the clock before.
 */
export const consentCover = (ledger: ConsentLedger, organisation: OrganisationId, clock: Instant): readonly ConsentPurpose[] => {
  const newest = newestOf(ledger);
  const at = newest !== null && newest > clock ? newest : clock;
  const may = (purpose: ConsentPurpose, whom: OrganisationId | null): boolean =>
    mayUse(ledger, { person: null, organisation: whom, purpose, action: 'read', at }).may;
  return [...(may(work, organisation) ? [work] : []), ...(may(work, null) && may(request, organisation) ? [request] : [])];
};
