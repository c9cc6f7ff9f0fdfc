import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { NeedIdentified, RiskOnRefusalJudged } from '@waymark/assessment-domain';
import { collect, eventCatalogue, memoryEventLog, sealedEventStore, type EventLog, type Recorded } from '@waymark/event-store';
import { memoryKeyStore, type KeyStore } from '@waymark/keys';
import {
  defineEvent,
  derivedId,
  ERASED,
  flag,
  handle,
  LongText,
  PersonId,
  sealed,
  Uuid,
  type AnyEventDefinition,
  type CaseId,
  type Instant,
  type OrganisationId,
  type UserId,
} from '@waymark/kernel';
import { systemClock } from '@waymark/nest';

/** The two types as the build of 30 November 2026 had them, with their codes in clear. */
const earlier: readonly AnyEventDefinition[] = [
  defineEvent(
    'assessment.NeedIdentified.v1',
    { needId: Uuid, code: handle(), personId: PersonId, description: sealed(LongText, { of: 'personId' }).nullable() },
    () => 'A need was identified.',
  ),
  defineEvent(
    'assessment.RiskOnRefusalJudged.v1',
    { refusalId: Uuid, significantHarmLikely: flag(), rationale: sealed(LongText, { of: 'caseId' }) },
    () => 'The risk was judged.',
  ),
];
const now: readonly AnyEventDefinition[] = [NeedIdentified, RiskOnRefusalJudged];

const caseId = derivedId('case') as string as CaseId;
const personId = derivedId('child') as string as PersonId;
const need = { needId: derivedId('need'), code: 'mental-and-physical-health', personId, description: 'Sleeps badly.' };
const risk = { refusalId: derivedId('refusal'), significantHarmLikely: true, rationale: 'The police were called twice.' };
const envelope = {
  caseId,
  occurredAt: '2026-03-02T09:15:00.000Z' as Instant,
  actor: { user: 'dana' as UserId, role: 'practitioner', organisation: 'fenbank-primary' as OrganisationId },
  purpose: 'early-help',
  policy: { pack: 'peterborough', version: '2025-06' },
  correlationId: derivedId('correlation'),
  causationId: derivedId('causation'),
} as const;

describe('B3 codes about a person', () => {
  let log: EventLog;
  let keys: KeyStore;
  beforeEach(() => {
    log = memoryEventLog({ clock: systemClock });
    keys = memoryKeyStore(randomBytes);
  });

  const storeOf = (definitions: readonly AnyEventDefinition[]) =>
    sealedEventStore({ log, keys, catalogue: eventCatalogue(definitions), random: randomBytes });

  const write = (definitions: readonly AnyEventDefinition[]) =>
    storeOf(definitions).append(
      'assessment.eha-one',
      'none',
      [
        { ...envelope, id: derivedId('one'), type: String(NeedIdentified.type), data: need },
        { ...envelope, id: derivedId('two'), type: String(RiskOnRefusalJudged.type), data: risk },
      ],
      derivedId('command'),
    );

  const stored = async (): Promise<string> => (await collect(log.readAll('start'))).map((event) => JSON.stringify(event)).join('\n');
  const read = async (): Promise<readonly unknown[]> =>
    ((await collect(storeOf(now).readAll('start'))) as Recorded[]).map(({ data }) => data);

  it('stand nowhere in what is stored, and are opened with it', async () => {
    await write(now);
    expect(await stored()).toContain(personId);
    expect(await stored()).not.toMatch(/mental-and-physical-health|"significantHarmLikely\\*":/);
    expect(await read()).toEqual([need, risk]);
  });

  it('are gone with the key of whom they are about, and the sentences say so', async () => {
    await write(now);
    await keys.destroy(personId);
    await keys.destroy(caseId);
    const [needNow, riskNow] = await read();
    expect(needNow).toEqual({ ...need, code: ERASED, description: ERASED });
    expect(riskNow).toEqual({ ...risk, significantHarmLikely: ERASED, rationale: ERASED });
    expect(NeedIdentified.tell(needNow as never, envelope as never)).toBe('A need was identified: (erased).');
    expect(RiskOnRefusalJudged.tell(riskNow as never, envelope as never)).toContain('significant harm is (erased).');
  });

  it('read as they are where an earlier build stored them in clear, whose record stays as it is', async () => {
    await write(earlier);
    expect(await stored()).toContain('mental-and-physical-health');
    expect(await read()).toEqual([need, risk]);
    await keys.destroy(personId);
    await keys.destroy(caseId);
    // What stood in clear an erasure does not reach (docs/adr/0017).
    expect(await read()).toEqual([
      { ...need, description: ERASED },
      { ...risk, rationale: ERASED },
    ]);
  });
});
