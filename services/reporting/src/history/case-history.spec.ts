import { describe, expect, it } from '@jest/globals';
import { ERASED, instant, type CaseId } from '@waymark/kernel';
import { dana, idOf } from '@waymark/testing';
import { readCursor, writeCursor } from './case-cursor.js';
import { CaseHistory, type Horizon, type Place } from './case-history.js';
import type { ChronologyEntry } from './entry.js';
import { Begun, Dug, family, gardens, person, recordOf, storeOf } from './record.fixture.js';

const begun = Begun({ of: person, name: 'Rosa' });
const dug = Dug({ spades: 2, rationale: 'The soil was hard.' });
const plot = 'garden.plot-1';

const told = async (record: ReturnType<typeof recordOf>, horizon: Horizon = {}, from?: Place): Promise<ChronologyEntry[]> => {
  const entries: ChronologyEntry[] = [];
  for await (const entry of new CaseHistory(storeOf(record), gardens).historyOf(family, horizon, from)) entries.push(entry);
  return entries;
};

describe('a case told from the record', () => {
  it('GEN-01 tells who, in which role, for which organisation, why and under which policy', async () => {
    const [entry] = await told(recordOf({ stream: plot, event: dug }));
    expect(entry).toEqual({
      version: 1,
      position: '0001',
      type: 'garden.Dug.v1',
      stream: plot,
      occurredAt: '2026-03-02T09:00:00.000Z',
      recordedAt: '2026-03-02T09:00:00.000Z',
      late: false,
      who: dana,
      purpose: 'early-help',
      policy: { pack: 'peterborough', version: '2025-06' },
      why: 'The soil was hard.',
      tells: 'It was dug with 2 spades.',
      erased: false,
      readable: true,
      byThePlatform: false,
    });
  });

  it("numbers the case's own events densely, whatever stands between them in the record", async () => {
    const other = { stream: 'garden.plot-2', event: begun, caseId: idOf<CaseId>('another family') };
    const entries = await told(
      recordOf({ stream: plot, event: begun }, other, { stream: plot, event: dug }, other, { stream: plot, event: dug }),
    );
    expect(entries.map(({ version, position }) => [version, position])).toEqual([
      [1, '0001'],
      [2, '0003'],
      [3, '0005'],
    ]);
  });

  it('GEN-02 an entry recorded more than a minute after it happened is late; a minute is not', async () => {
    const at = (occurredAt: string) => ({ stream: plot, event: dug, occurredAt, recordedAt: '2026-03-02T10:00:00Z' });
    const entries = await told(recordOf(at('2026-03-02T09:59:00Z'), at('2026-03-02T09:58:59.999Z')));
    expect(entries.map(({ late }) => late)).toEqual([false, true]);
  });

  it('GEN-02 as known at an instant before a late entry was recorded, it is not there; its version is kept for it', async () => {
    const record = recordOf(
      { stream: plot, event: begun, recordedAt: '2026-03-02T09:00:00Z' },
      { stream: 'garden.plot-2', event: dug, occurredAt: '2026-03-01T09:00:00Z', recordedAt: '2026-03-05T09:00:00Z' },
      { stream: plot, event: dug, recordedAt: '2026-03-04T09:00:00Z' },
    );
    const before = await told(record, { asKnownAt: instant('2026-03-04T12:00:00Z') });
    expect(before.map(({ version }) => version)).toEqual([1, 3]);
    const exactly = await told(record, { asKnownAt: instant('2026-03-05T09:00:00Z') });
    expect(exactly.map(({ version }) => version)).toEqual([1, 2, 3]);
    expect(await told(record, { asKnownAt: instant('2026-03-01T12:00:00Z') })).toEqual([]);
  });

  it('goes up to a version and no further', async () => {
    const lines = [begun, dug, dug].map((event) => ({ stream: plot, event }));
    expect(await told(recordOf(...lines), { to: 2 })).toHaveLength(2);
  });

  it('shows what it cannot read as an entry that says so, and goes on behind it', async () => {
    const entries = await told(
      recordOf(
        { stream: plot, event: begun },
        { stream: plot, event: { type: 'garden.Flooded.v9', data: {} }, unreadable: true },
        { stream: plot, event: dug },
      ),
    );
    expect(entries.map(({ readable }) => readable)).toEqual([true, false, true]);
    expect(entries[1]).toMatchObject({
      version: 2,
      type: 'garden.Flooded.v9',
      who: null,
      occurredAt: null,
      recordedAt: '2026-03-02T09:01:00.000Z',
    });
    expect(entries[1]?.tells).toContain('cannot read');
  });

  it('GEN-02 knows of what it cannot read when the record took it, and not before', async () => {
    const lines = ['2026-03-02T09:00:00Z', '2026-03-05T09:00:00Z'].map((recordedAt) => ({ stream: plot, event: dug, recordedAt }));
    const record = recordOf(...lines.map((line, index) => (index === 1 ? { ...line, unreadable: true as const } : line)));
    expect(await told(record, { asKnownAt: instant('2026-03-04T09:00:00Z') })).toHaveLength(1);
    expect(await told(record, { asKnownAt: instant('2026-03-05T09:00:00Z') })).toHaveLength(2);
  });

  it('shows an event that no context tells by its type, and one whose sentence fails by saying so', async () => {
    const entries = await told(
      recordOf(
        { stream: 'garden.workflow-1', event: { type: 'garden.MemoryKept.v1', data: {} } },
        { stream: plot, event: { type: 'garden.Dug.v1', data: null } },
      ),
    );
    expect(entries[0]?.tells).toBe('Memory kept (garden): an entry that has no sentence of its own.');
    expect(entries[1]?.tells).toBe('Dug (garden): an entry whose sentence cannot be said.');
  });

  it('says (erased) where a key was destroyed, with no rationale left', async () => {
    const entries = await told(
      recordOf(
        { stream: plot, event: Begun({ of: person, name: ERASED }) },
        { stream: plot, event: Dug({ spades: 1, rationale: ERASED }) },
      ),
    );
    expect(entries.map(({ erased, tells, why }) => ({ erased, tells, why }))).toEqual([
      { erased: true, tells: 'A garden was begun by (erased).', why: null },
      { erased: true, tells: 'It was dug with 1 spades.', why: null },
    ]);
  });

  it('goes on from a place exactly where the page before ended', async () => {
    const record = recordOf(...[begun, dug, dug, dug].map((event) => ({ stream: plot, event })));
    const [, second] = await told(record);
    const rest = await told(record, {}, { version: 2, position: second?.position ?? 'start' });
    expect(rest.map(({ version }) => version)).toEqual([3, 4]);
  });
});

describe('the cursor of a chronology', () => {
  const owner = { caseId: family, horizon: { asKnownAt: instant('2026-03-02T09:00:00Z') } };
  const place = { version: 7, position: '0042' as never };

  it('gives its place back to the list that wrote it', () => {
    expect(readCursor(owner, writeCursor(owner, place))).toEqual(place);
  });

  it.each([
    ['another case', { ...owner, caseId: idOf<CaseId>('other') }],
    ['another horizon', { ...owner, horizon: {} }],
  ])('is refused by %s', (_, other) => {
    expect(readCursor(other, writeCursor(owner, place))).toBeUndefined();
  });

  it.each(['', 'x', Buffer.from('{"a":1}').toString('base64url'), Buffer.from('[7,"0043","00000000"]').toString('base64url')])(
    'is refused when it was made up: %j',
    (cursor) => {
      expect(readCursor(owner, cursor)).toBeUndefined();
    },
  );
});
