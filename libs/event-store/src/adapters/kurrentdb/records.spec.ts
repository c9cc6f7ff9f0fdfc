import { describe, expect, it } from '@jest/globals';
import type { Instant, StreamName } from '@waymark/kernel';
import { commandId, contactA, event } from '../../conformance/samples.js';
import { StoreUnusable, type After, type SealedJson } from '../../event-log.js';
import { Histories } from './history.js';
import { Namespace } from './namespace.js';
import { isAfter, later, toPlace, toPosition } from './places.js';
import { fromEngine, toEngine, type EngineEvent } from './records.js';
import { scopeOf } from './scope.js';

describe('a position in KurrentDB', () => {
  it('is both of its places, and comes back from its text', () => {
    const place = { commit: 2n ** 64n - 1n, prepare: 7n };
    expect(toPosition(place)).toBe('18446744073709551615-00000000000000000007');
    expect(toPlace(toPosition(place))).toEqual(place);
    expect(toPlace('start')).toBe('start');
  });

  it('compares as text as its places do as numbers, with the start before all', () => {
    const places: After[] = ['start', ...[9n, 10n, 99n, 100n].map((commit) => toPosition({ commit, prepare: commit }))];
    for (const [index, one] of places.entries())
      for (const [other, two] of places.entries()) {
        expect(isAfter(one, two)).toBe(index > other);
        expect(later(one, two)).toBe(places[Math.max(index, other)]);
      }
  });

  it.each(['0000000000000001', '1-1', '', '18446744073709551615-7'])('is not %j, which another store gave out', (text) => {
    expect(() => toPlace(text as After)).toThrow(RangeError);
  });
});

describe('an event in KurrentDB', () => {
  const attempt = { commandId: commandId(), recordedAt: '2026-03-02T09:15:00.000Z' as Instant, nextId: () => 'new' };
  /** What the client does to an event between an append and a read. */
  const stored = (sealed: ReturnType<typeof event>): EngineEvent => {
    const { type, contentType, data, metadata } = toEngine(sealed, attempt);
    const isJson = contentType === 'application/json';
    const back = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
    return {
      streamId: 'waymark.s',
      revision: 0n,
      type,
      isJson,
      data: isJson ? back(data) : data,
      metadata: back(metadata),
      position: { commit: 1n, prepare: 1n },
    };
  };

  it.each([
    ['{"source":"school","$sealed":[{"s":"a","c":"b"}]}', true],
    ['{"b":1.0}', false],
    ['{ "spaced": true }', false],
    ['{"2":0,"1":0}', false],
    ['12345678901234567890', false],
    ['"text"', true],
    ['{"__proto__":{"a":1}}', true],
  ])('keeps %s byte for byte', (text, asJson) => {
    const sealed = event(undefined, { data: text as SealedJson });
    expect(stored(sealed).isJson).toBe(asJson);
    expect(fromEngine(stored(sealed), contactA).data).toBe(text);
  });

  it('carries its envelope in the metadata, with the names of the engine where it has some', () => {
    const sealed = event();
    const { id, metadata } = toEngine(sealed, attempt);
    expect(id).toBe('new');
    expect(metadata).toMatchObject({
      $correlationId: sealed.correlationId,
      $causationId: sealed.causationId,
      eventId: sealed.id,
      caseId: sealed.caseId,
    });
    expect(fromEngine(stored(sealed), contactA)).toMatchObject({ ...sealed, stream: contactA, version: 1, commandId: attempt.commandId });
  });

  it('of somebody else in one of our streams is named, not skipped', () => {
    const foreign = { ...stored(event()), metadata: undefined };
    expect(() => fromEngine(foreign, contactA)).toThrow(StoreUnusable);
    expect(() => fromEngine(foreign, contactA)).toThrow('waymark.s version 1');
  });
});

describe('a namespace', () => {
  it('distinguishes our streams from all others', () => {
    const namespace = new Namespace('waymark');
    expect(namespace.streamOf(namespace.engineName('referral.contact-1'))).toBe('referral.contact-1');
    for (const other of ['$ce-waymark.referral.contact', 'waymark-keys', 'waymarks.a-1', 'referral.contact-1'])
      expect(namespace.streamOf(other)).toBeUndefined();
  });

  it.each(['', '$all', 'a.b', 'Waymark', '-a'])('is not %j', (name) => expect(() => new Namespace(name)).toThrow(StoreUnusable));

  it.each([
    [{}, { on: 'stream', prefixes: ['w.'], narrow: false, exact: true }],
    [{ streamPrefixes: ['a.', 'b.'] }, { on: 'stream', prefixes: ['w.a.', 'w.b.'], narrow: true, exact: true }],
    [
      { streamPrefixes: ['a.'], typePrefixes: ['T'] },
      { on: 'stream', prefixes: ['w.a.'], narrow: true, exact: false },
    ],
    [{ typePrefixes: ['T'] }, { on: 'type', prefixes: ['T'], narrow: true, exact: false }],
    [{ typePrefixes: ['T', ''] }, { on: 'stream', prefixes: ['w.'], narrow: false, exact: true }],
    [{ typePrefixes: [] }, 'nothing'],
    [{ streamPrefixes: [], typePrefixes: ['T'] }, 'nothing'],
  ])('turns the filter %j into the scope %j', (filter, scope) => expect(scopeOf(new Namespace('w'), filter)).toEqual(scope));
});

describe('what is known of a stream', () => {
  const stream = 'referral.contact-1' as StreamName;
  const page = (...commands: [number, string][]) =>
    commands.map(([version, command]) => ({
      ...fromEngine(
        {
          streamId: '',
          revision: BigInt(version - 1),
          type: 'T',
          isJson: true,
          data: {},
          position: { commit: BigInt(version), prepare: 0n },
          metadata: { eventId: '', commandId: command, recordedAt: `at ${version}` },
        },
        stream,
      ),
    }));

  it('grows by what was read and written, and joins the events of a command over pages', () => {
    const histories = new Histories();
    histories.saw(stream, page([1, 'a'], [2, 'b']));
    histories.saw(stream, page([2, 'b'], [3, 'b']));
    const { version, recordedAt, commands } = histories.of(stream);
    expect([version, recordedAt]).toEqual([3, 'at 3']);
    expect(commands.get('b' as never)).toMatchObject({
      first: 2,
      last: 3,
      position: toPosition({ commit: 3n, prepare: 0n }),
      repeated: true,
    });
  });

  it('is not taken from a page with a gap before it, which could hide a command', () => {
    const histories = new Histories();
    histories.saw(stream, page([1, 'a']));
    histories.saw(stream, page([3, 'c']));
    expect(histories.of(stream).version).toBe(1);
    const { position, recordedAt } = page([4, 'd'])[0]!;
    histories.wrote({ stream, first: 4, last: 4, position, recordedAt, repeated: false }, 'd' as never);
    expect(histories.of(stream).version).toBe(1);
  });
});
