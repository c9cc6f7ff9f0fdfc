import { describe, expect, it } from '@jest/globals';
import { afterChange, holdingAt, noRelationships } from '@waymark/access';
import { agenciesReached } from '@waymark/consent';
import type { Instant } from '@waymark/kernel';
import { dana, idOf } from '@waymark/testing';
import { at, consentGiven, health, leila, notice, school } from './assessment.fixture.js';
import { ConsentRenewed, ConsentWithdrawn } from './consent/events.js';
import { evolve, type LedgerEvent } from './consent/evolve.js';
import { emptyLedger } from './consent/state.js';
import { assessmentRelationships } from './relationships.js';

const [monday, tuesday, wednesday, friday] = ['09', '10', '11', '13'].map((day) => at(`2026-03-${day}T10:00:00Z`)) as [
  Instant,
  Instant,
  Instant,
  Instant,
];
const which = { consentId: idOf('consent'), purpose: 'take-part-in-early-help' } as const;
const given = consentGiven({ agencies: [school, health] });
const renewed = ConsentRenewed({ ...which, agencies: [school], notice, method: 'phone', until: null, restsOn: null });
const withdrawn = ConsentWithdrawn({ ...which, by: leila, agencies: null, reason: null });

type Entered = readonly [occurredAt: Instant, event: LedgerEvent];

/** Whom the ledger says that consent reaches on Friday, and who is around the family then, in the order in which it was entered. */
const onFriday = (...entered: readonly Entered[]) => {
  const events = entered.map(([occurredAt, event]) => ({ ...event, occurredAt, actor: dana }));
  const ledger = events.reduce((before, event) => evolve(before, event), emptyLedger);
  const changes = events.flatMap((event, index) => assessmentRelationships.tell(event).map((change) => [change, String(index)] as const));
  const known = changes.reduce((before, [change, toldAt]) => afterChange(before, change, toldAt), noRelationships);
  return { reached: agenciesReached(ledger, friday), around: holdingAt(known.relationships, friday).map((one) => one.organisation) };
};

describe('whom consent reaches is around the family', () => {
  it('CON-13 GEN-02 also who was renewed for, where a withdrawal of before is entered after that', () =>
    expect(onFriday([monday, given], [wednesday, renewed], [tuesday, withdrawn])).toEqual({ reached: [school], around: [school] }));

  it('CON-13 and nobody after a withdrawal of since', () => {
    expect(onFriday([monday, given], [tuesday, renewed], [wednesday, withdrawn])).toEqual({ reached: [], around: [] });
    expect(onFriday([monday, given], [wednesday, renewed], [wednesday, withdrawn])).toEqual({ reached: [], around: [] });
  });
});
