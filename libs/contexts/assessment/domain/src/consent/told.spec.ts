import { describe, expect, it } from '@jest/globals';
import { ledgerOf, withFact, type FactAt } from '@waymark/consent';
import type { Instant } from '@waymark/kernel';
import { dana, idOf } from '@waymark/testing';
import { amir, at, consentGiven, health, notice, school } from '../assessment.fixture.js';
import { ConsentRenewed, ConsentSuspended, ConsentWithdrawn } from './events.js';
import { evolve, type LedgerEvent } from './evolve.js';
import { SharingDecided } from './sharing-events.js';
import { emptyLedger } from './state.js';
import { consentTelling } from './told.js';

const consentId = idOf('consent');
const purpose = 'take-part-in-early-help';
const terms = { consentId, purpose, notice, method: 'in-person', restsOn: null } as const;
const decision = { decisionId: idOf('decision'), what: 'Absence.', why: 'Safety.', basis: 'vital-interests', viewsSought: 'Yes.' };

/** One after another, an hour each. */
const history: readonly LedgerEvent[] = [
  consentGiven({ until: at('2026-06-01T10:00:00Z') }),
  ConsentWithdrawn({ consentId, purpose, by: idOf('leila'), agencies: [health], reason: null }),
  SharingDecided({ ...decision, about: [amir], agencies: [health] }),
  ConsentSuspended({ consentId, purpose, competenceId: idOf('judgement') }),
  ConsentRenewed({ ...terms, agencies: [school], until: null }),
  ConsentWithdrawn({ consentId, purpose, by: idOf('leila'), agencies: null, reason: null }),
  ConsentRenewed({ ...terms, agencies: [health], until: null }),
];
const moment = (index: number): Instant => at(`2026-03-09T${String(10 + index).padStart(2, '0')}:00:00Z`);

describe('a ledger from the record', () => {
  it.each(history.map((event, index) => [index + 1, event.type] as const))(
    'CON-13 after %i events, the last %s, is the family’s own',
    (count) => {
      const events = history.slice(0, count).map((event, index) => ({ ...event, occurredAt: moment(index), actor: dana }));
      const own = events.reduce((ledger, event) => evolve(ledger, event), emptyLedger);
      const facts = events.reduce<readonly FactAt[]>(
        (known, event, index) => withFact(known, { position: String(index), fact: consentTelling.factOf(event as never) }),
        [],
      );
      const told = ledgerOf(facts);
      expect(own.consents).toMatchObject(told.consents);
      expect(own.decisions).toEqual(told.decisions);
      expect(told.consents).toHaveLength(1);
    },
  );
});
