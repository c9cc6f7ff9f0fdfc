import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { agenciesReached, type Interval } from '@waymark/consent';
import { fold, instantFromMs, msOf, type Fact, type Instant, type OrganisationId } from '@waymark/kernel';
import { aCase, dana, idOf, meta, specification } from '@waymark/testing';
import { agency, at, consentGiven, giveConsent, leila, notice, peterborough, school } from '../assessment.fixture.js';
import type { ConsentCommand } from './commands.js';
import { consent } from './consent.js';
import { ConsentRenewed, ConsentWithdrawn } from './events.js';
import { reachOf } from './ledger.js';

const agencies = ['school', 'health', 'housing'].map(agency);
const start = msOf(at('2026-03-09T10:00:00Z'));

/** What a family may do at one moment; the moment lies `after` milliseconds after the one before. */
const step = fc.record({
  what: fc.constantFrom('withdraw', 'renew'),
  agencies: fc.subarray(agencies, { minLength: 1 }),
  all: fc.boolean(),
  after: fc.integer({ min: 0, max: 3 }),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const commandOf = ({
  what,
  agencies: some,
  all,
}: Step): Omit<Extract<ConsentCommand, { kind: 'WithdrawConsent' | 'RenewConsent' }>, 'meta'> => {
  const which = { caseId: aCase, consentId: idOf('consent'), by: leila };
  return what === 'withdraw'
    ? ({ kind: 'WithdrawConsent', ...which, agencies: all ? null : some, reason: null } as never)
    : ({ kind: 'RenewConsent', ...which, agencies: some, notice, method: 'phone', until: null } as never);
};

/** The naive ledger: who is reached, as a set that is switched, and what it was after each moment. */
const switched = (reached: ReadonlySet<OrganisationId>, { what, agencies: some, all }: Step): ReadonlySet<OrganisationId> =>
  what === 'renew' ? new Set([...reached, ...some]) : new Set([...reached].filter((it) => !all && !some.includes(it)));

interface Moment {
  readonly at: Instant;
  readonly reached: ReadonlySet<OrganisationId>;
}

/** Runs the steps through the ledger and the naive one alike; each step is accepted where the naive one could take it. */
const run = (steps: readonly Step[]) => {
  const history: Fact<never>[] = [];
  const moments: Moment[] = [];
  let now = start;
  const take = (intent: object): boolean => {
    const decision = consent.decide({ ...intent, meta: meta({ now: instantFromMs(now) }) } as never, fold(consent, history), peterborough);
    if (decision.outcome === 'refused') return false;
    history.push(...decision.events.map((event) => ({ occurredAt: instantFromMs(now), actor: dana, ...event }) as never));
    return true;
  };
  expect(take(giveConsent({ agencies }))).toBe(true);
  moments.push({ at: instantFromMs(now), reached: new Set(agencies) });
  for (const next of steps) {
    now += next.after;
    const reached = moments.at(-1)?.reached ?? new Set();
    const possible = next.what === 'renew' || (next.all ? reached.size > 0 : next.agencies.every((it) => reached.has(it)));
    expect(take(commandOf(next))).toBe(possible);
    moments.push({ at: instantFromMs(now), reached: possible ? switched(reached, next) : reached });
  }
  return { ledger: fold(consent, history).subject, moments, end: now };
};

const disjoint = (intervals: readonly Interval[]): boolean =>
  intervals.every(({ from, until }, index) => {
    const next = intervals[index + 1];
    return until === null ? next === undefined : from < until && (next === undefined || until < next.from);
  });

describe('the intervals of consent', () => {
  it('CON-13 at every moment the ledger reaches exactly those whom the last change left reached', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const { ledger, moments, end } = run(steps);
        for (let ms = start - 1; ms <= end + 1; ms += 1) {
          const then = moments.findLast((moment) => msOf(moment.at) <= ms)?.reached ?? new Set();
          expect(agenciesReached(ledger, instantFromMs(ms))).toEqual([...then].toSorted());
        }
        for (const one of agencies) expect(disjoint(reachOf(ledger, one))).toBe(true);
      }),
    );
  });

  it('CON-13 withdrawn, renewed and withdrawn within a minute leaves exactly the open interval', () => {
    const fact = <E extends object>(event: E, occurredAt: string) => ({ ...event, occurredAt: at(occurredAt) });
    const which = { consentId: idOf('consent'), purpose: 'take-part-in-early-help' };
    const withdrawn = ConsentWithdrawn({ ...which, by: leila, agencies: null, reason: null });
    const renewed = ConsentRenewed({ ...which, agencies: [school], notice, method: 'phone', until: null, restsOn: null });
    const { subject } = specification(consent, peterborough)
      .given(
        fact(consentGiven({ agencies: [school] }), '2026-03-09T10:00:00Z'),
        fact(withdrawn, '2026-05-12T10:00:00Z'),
        fact(renewed, '2026-05-12T10:00:20Z'),
      )
      .when(
        { kind: 'WithdrawConsent', caseId: aCase, consentId: idOf('consent'), by: leila, agencies: null, reason: null },
        { now: at('2026-05-12T10:00:40Z') },
      )
      .state();
    expect(reachOf(subject, school)).toEqual([
      { from: at('2026-03-09T10:00:00Z'), until: at('2026-05-12T10:00:00Z') },
      { from: at('2026-05-12T10:00:20Z'), until: at('2026-05-12T10:00:40Z') },
    ]);
  });
});
