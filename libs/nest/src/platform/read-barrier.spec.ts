import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { memoryEventLog, type After, type EventStore, type SealedEvent, type SealedJson } from '@waymark/event-store';
import { derivedId, type StreamName } from '@waymark/kernel';
import type { EndOffsets, GroupOffsets } from '@waymark/messaging';
import type { Reaction } from '@waymark/event-processing';
import { systemClock } from '../clock/adjustable-clock.js';
import { ReadBarrier } from './read-barrier.js';

const id = (...parts: string[]) => derivedId('barrier', ...parts);
const at = (next: number, end: number): GroupOffsets => new Map([['earlyhelp.referral.events.v1 0', { next, end }]]);
let made = 0;
const event = (type: string): SealedEvent => ({
  id: id('event', String((made += 1))),
  type,
  data: '{}' as SealedJson,
  caseId: null,
  occurredAt: systemClock.now(),
  actor: { user: 'dana', role: 'practitioner', organisation: 'fenbank-primary' } as SealedEvent['actor'],
  purpose: 'early-help',
  policy: { pack: 'peterborough', version: '2025-06' },
  correlationId: id('correlation'),
  causationId: id('causation'),
});

describe('the read barrier of a service that runs apart', () => {
  const log = memoryEventLog({ clock: systemClock });
  let told: Record<string, string>;
  let ends: Record<string, EndOffsets>;
  let standings: (GroupOffsets | undefined)[];
  let seen: string[];
  let looks: number;
  let takes: number;
  /** Of the bus; does not come unless a test lets it. */
  let moment: Promise<void>;
  let barrier: ReadBarrier;

  const next = () => (standings.length > 1 ? standings.shift() : (standings[0] ?? at(7, 7)));
  const barrierFor = (topics: readonly string[], relays: readonly object[] = []) => {
    const list = { waitFor: async (position: After) => (seen.push(position), true) };
    const copy = {
      topics,
      lag: async () => 0,
      groupOffsets: async () => next(),
      committedOffsets: async () => {
        takes += 1;
        const now = next();
        return now && new Map([...now].map(([partition, stands]) => [partition, stands.next]));
      },
    };
    return new ReadBarrier({
      store: {
        head: () => log.head(),
        subscribe: (...asked: Parameters<EventStore['subscribe']>) => log.subscribe(asked[0], asked[1], asked[2]) as never,
        readAll: (...asked: Parameters<typeof log.readAll>) => {
          looks += 1;
          return log.readAll(...asked);
        },
      },
      bus: { progressOf: (source) => told[source] ?? 'start', endOffsetsOf: (source) => ends[source], nextChange: () => moment },
      reactions: [list, copy, ...relays] as unknown as Reaction[],
      here: ['planning'],
    });
  };
  beforeEach(() => {
    [looks, takes] = [0, 0];
    moment = new Promise(() => undefined);
    [told, ends, standings, seen] = [{}, {}, [], []];
    barrier = barrierFor(['earlyhelp.referral.events.v1', 'earlyhelp.planning.events.v1']);
  });
  afterEach(() => barrier.stop());
  const append = async (stream: StreamName, type: string) =>
    (await log.append(stream, 'none', [event(type)], id('command', stream))).position;

  it('waits until the other service has told what it had to tell up to there', async () => {
    const position = await append('referral.contact-1', 'referral.ContactReceived.v1');
    expect(await barrier.waitFor(position, 40)).toBe(false);
    told['/services/referral'] = position;
    expect(await barrier.waitFor(position, 40)).toBe(true);
  });

  it('does not wait for a service that has nothing to tell up to there, so that one that is away holds up nobody', async () => {
    told['/services/referral'] = await log.head();
    const own = await append('planning.episode-1', 'planning.EpisodeOpened.v1');
    expect(await barrier.waitFor(own, 40)).toBe(true);
    const { position: later } = await log.append('referral.contact-2', 'none', [event('referral.ContactReceived.v1')], id('command', '2'));
    expect(await barrier.waitFor(own, 40)).toBe(true);
    expect(await barrier.waitFor(later, 40)).toBe(false);
  });

  it('waits until what was told is taken in, and then until the lists have seen what that set going', async () => {
    told['/services/referral'] = await log.head();
    const own = await append('planning.episode-3', 'planning.EpisodeOpened.v1');
    standings = [undefined, at(5, 7), at(6, 7), at(7, 7)];
    expect(await barrier.waitFor(own, 1_000)).toBe(true);
    expect(standings).toEqual([at(7, 7)]);
    expect(seen).toEqual([own, await log.head()]);
    standings = [at(5, 7)];
    expect(await barrier.waitFor(own, 40)).toBe(false);
  });

  it('does not wait for what comes in later: where messages never end, a request is answered all the same', async () => {
    told['/services/referral'] = await log.head();
    const own = await append('planning.episode-4', 'planning.EpisodeOpened.v1');
    standings = [at(5, 7), at(6, 9), at(7, 12), at(8, 14)];
    expect(await barrier.waitFor(own, 1_000)).toBe(true);
    expect(standings).toEqual([at(8, 14)]);
  });

  it('waits for a relay only where somebody in the process reads what it tells', async () => {
    const own = await append('planning.episode-7', 'planning.EpisodeOpened.v1');
    told['/services/referral'] = own;
    const [here, elsewhere] = ['earlyhelp.planning.events.v1', 'earlyhelp.reporting.events.v1'];
    const lost = (publishes: readonly string[]) => ({ publishes, waitFor: async () => false });
    const waitsFor = async (relay: object) => {
      const made = barrierFor([here], [relay]);
      const answered = await made.waitFor(own, 40);
      await made.stop();
      return !answered;
    };
    expect(await waitsFor(lost([elsewhere]))).toBe(false);
    expect(await waitsFor(lost([]))).toBe(false);
    expect(await waitsFor(lost([elsewhere, here]))).toBe(true);
  });

  it('looks whenever the bus stirs, and not only now and then', async () => {
    told['/services/referral'] = await log.head();
    const own = await append('planning.episode-6', 'planning.EpisodeOpened.v1');
    standings = [at(5, 7)];
    const looksFor = async (ms: number) => {
      const before = takes;
      expect(await barrier.waitFor(own, ms)).toBe(false);
      return takes - before;
    };
    const calm = await looksFor(100);
    moment = Promise.resolve();
    expect(await looksFor(100)).toBeGreaterThan(10 * calm);
  });

  it('asks the record once, not at every look, whether a service has something to tell', async () => {
    const position = await append('referral.contact-5', 'referral.ContactReceived.v1');
    expect(await barrier.waitFor(position, 100)).toBe(false);
    expect(looks).toBe(1);
  });

  describe('where another service says where all that it told lies on the bus', () => {
    const place = 'earlyhelp.referral.events.v1 0';
    const alone = async <T>(work: (alone: ReadBarrier) => Promise<T>): Promise<T> => {
      const made = barrierFor(['earlyhelp.referral.events.v1']);
      try {
        return await work(made);
      } finally {
        await made.stop();
      }
    };
    let own: After;
    beforeEach(async () => {
      told['/services/referral'] = await log.head();
      own = await append(`planning.episode-${(made += 1)}`, 'planning.EpisodeOpened.v1');
    });

    it('waits until so much is taken in, and does not ask where the topics end', async () => {
      ends['/services/referral'] = new Map([[place, 7]]);
      standings = [undefined, at(5, 99), at(6, 99), at(7, 99), at(8, 99)];
      expect(await alone((made) => made.waitFor(own, 1_000))).toBe(true);
      expect(standings).toEqual([at(8, 99)]);
      standings = [at(6, 99)];
      expect(await alone((made) => made.waitFor(own, 40))).toBe(false);
    });

    it('asks where they end when the service did not say', async () => {
      standings = [at(6, 7)];
      expect(await alone((made) => made.waitFor(own, 40))).toBe(false);
      standings = [at(6, 7), at(7, 7)];
      expect(await alone((made) => made.waitFor(own, 1_000))).toBe(true);
    });

    it('does not wait for one that has told nothing and owes nothing', async () => {
      told = {};
      standings = [at(0, 7)];
      const barrier = barrierFor(['earlyhelp.targeted-support.events.v1']);
      expect(await barrier.waitFor(own, 1_000)).toBe(true);
      await barrier.stop();
    });

    it('asks where they end of what a service of the same process tells, which may not have said so yet', async () => {
      standings = [at(6, 7)];
      expect(await barrier.waitFor(own, 40)).toBe(false);
    });
  });
});
