import { consentTelling } from '@waymark/assessment-domain';
import { projectedLedgers } from '@waymark/nest';

/** What families agreed to, from the record: whoever reads a case by what they are to it is asked whether consent still reaches them (CON-13). */
export const consents = projectedLedgers('reporting', consentTelling);
