import { describe, expect, it } from '@jest/globals';
import type { EventStore } from '@waymark/event-store';
import type { CaseId } from '@waymark/kernel';
import { idOf } from '@waymark/testing';
import { CaseHistory } from '../case-history.js';
import { CaseFold } from '../case-state.js';
import { Begun, Dug, family, gardens, person, recordOf, storeOf } from '../record.fixture.js';
import { differences, ReplayCheck } from './replay.js';

const begun = Begun({ of: person, name: 'Rosa' });
const dug = (spades: number) => Dug({ spades, rationale: 'The soil was hard.' });
const record = recordOf(
  { stream: 'garden.plot-1', event: begun },
  { stream: 'garden.plot-border-1', event: begun },
  { stream: 'garden.plot-1', event: dug(2) },
  { stream: 'garden.plot-border-1', event: dug(5) },
  { stream: 'garden.plot-1', event: dug(3) },
);

const replay = (store: EventStore) => new ReplayCheck(store, gardens, new CaseHistory(store, gardens)).of(family);

describe('the state of a case', () => {
  const fold = (events: typeof record) => {
    const folded = new CaseFold(gardens);
    for (const event of events) folded.add(event);
    return folded.states();
  };

  it("is every stream folded with its own context's decider, the longest name first", () => {
    expect(fold(record)).toEqual([
      { stream: 'garden.plot-1', aggregate: 'garden.plot', version: 3, state: { events: 3, spades: 5 } },
      { stream: 'garden.plot-border-1', aggregate: 'garden.plot-border', version: 2, state: { events: 2, spades: 5 } },
    ]);
  });

  it('is not guessed where an event cannot be read', () => {
    const events = recordOf(
      { stream: 'garden.plot-1', event: begun },
      { stream: 'garden.plot-1', event: dug(1), unreadable: true },
      { stream: 'garden.plot-1', event: dug(1) },
    );
    expect(fold(events)).toMatchObject([{ version: 3, state: null, because: expect.stringContaining('Entry 2') }]);
  });

  it("is not guessed where another case's events stand between", () => {
    const events = recordOf(
      { stream: 'garden.plot-1', event: begun },
      { stream: 'garden.plot-1', event: dug(1), caseId: idOf<CaseId>('other') },
      { stream: 'garden.plot-1', event: dug(1) },
    );
    expect(fold(events.filter((event) => 'data' in event && event.caseId === family))).toMatchObject([{ version: 3, state: null }]);
  });

  it('names a stream that nobody folds', () => {
    expect(fold(recordOf({ stream: 'shed.tool-1', event: begun }))).toMatchObject([
      { stream: 'shed.tool-1', aggregate: null, version: 1, state: null },
    ]);
  });
});

describe('the replay of a case', () => {
  it('folds the same from the log and from the streams', async () => {
    expect(await replay(storeOf(record))).toEqual({
      caseId: family,
      same: true,
      events: { fromLog: 5, fromStreams: 5 },
      streams: [
        { stream: 'garden.plot-1', aggregate: 'garden.plot', versionFromLog: 3, versionFromStream: 3, same: true },
        { stream: 'garden.plot-border-1', aggregate: 'garden.plot-border', versionFromLog: 2, versionFromStream: 2, same: true },
      ],
    });
  });

  it('says where they differ when the log and a stream do not hold the same', async () => {
    const changed = record.map((event, index) =>
      index === 4 && 'data' in event ? { ...event, data: { ...(event.data as object), spades: 4 } } : event,
    );
    const store = { ...storeOf(record), readAll: storeOf(changed).readAll };
    expect(await replay(store)).toMatchObject({
      same: false,
      streams: [{ stream: 'garden.plot-1', same: false, differsAt: ['state.spades'] }, { same: true }],
    });
  });

  it('says where they differ when a stream has lost an event', async () => {
    const store = { ...storeOf(record), read: storeOf(record.slice(0, 4)).read };
    const { same, events, streams } = await replay(store);
    expect({ same, events, differsAt: streams[0]?.differsAt }).toEqual({
      same: false,
      events: { fromLog: 5, fromStreams: 4 },
      differsAt: ['version', 'count', 'state.events', 'state.spades'],
    });
  });

  it('goes on behind an event that cannot be read, both ways', async () => {
    const store = storeOf(
      recordOf(
        { stream: 'garden.plot-1', event: begun },
        { stream: 'garden.plot-1', event: begun, unreadable: true },
        { stream: 'garden.plot-1', event: dug(1) },
      ),
    );
    expect(await replay(store)).toMatchObject({
      same: true,
      events: { fromLog: 3, fromStreams: 3 },
      streams: [{ versionFromLog: 3, versionFromStream: 3 }],
    });
  });

  it('names the deepest difference', () => {
    expect(differences({ a: { b: [1, 2] }, c: 1 }, { a: { b: [1, 3] }, c: 1 }, 'state')).toEqual(['state.a.b.1']);
    expect(differences({ a: 1 }, { a: 1 }, 'state')).toEqual([]);
  });
});
