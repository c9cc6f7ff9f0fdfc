import { describe, expect, it } from '@jest/globals';
import { StoreUnavailable, StoreUnusable, type StoredEvent } from '../../event-log.js';
import type { Page } from '../pages.js';
import { toPosition } from '../place.js';
import { TailCache } from './tail-cache.js';

const typeOf = (place: number) => (place % 2 === 0 ? 'planning.Even.v1' : 'referral.Odd.v1');
const eventAt = (place: number, length = 10) =>
  ({
    type: typeOf(place),
    stream: 'planning.plan-a',
    caseId: null,
    position: toPosition(place),
    data: 'x'.repeat(length),
  }) as unknown as StoredEvent;
const placesOf = ({ events }: Page) => events.map(({ position }) => Number(position));
const odd = { typePrefixes: ['referral.'] };

/** A record that grows by hand, read a page of eight at a time. */
const record = ({ length }: { length?: number } = {}) => {
  const size = 8;
  const is = { committed: 0, told: 0, looks: 0, failure: undefined as Error | undefined, answered: Promise.resolve() };
  const everything = async (after: number): Promise<Page> => {
    is.looks += 1;
    const { committed } = is;
    await is.answered;
    if (is.failure) throw is.failure;
    const count = Math.max(Math.min(committed - after, size), 0);
    const events = Array.from({ length: count }, (_, index) => eventAt(after + index + 1, length));
    return { events, reached: after + count, head: count < size ? after + count : after + count + 1 };
  };
  const grow = (to: number) => ([is.committed, is.told] = [to, to]);
  return { is, grow, tail: new TailCache({ everything, told: () => is.told }) };
};

describe('the tail of a record', () => {
  it('queries once for all subscribers that wake at a commit, and gives each what concerns it', async () => {
    const { is, grow, tail } = record();
    grow(2);
    tail.begin(2);
    grow(5);
    const pages = await Promise.all([undefined, odd, { caseId: 'another' as never }, odd].map((filter) => tail.page(2, filter, 256)));
    expect(pages.map((page) => placesOf(page!))).toEqual([[3, 4, 5], [3, 5], [], [3, 5]]);
    expect(pages.map((page) => [page?.reached, page?.head])).toEqual(Array.from({ length: 4 }, () => [5, 5]));
    expect(is.looks).toBe(1);
  });

  it('makes no query where nothing new was announced', async () => {
    const { is, grow, tail } = record();
    grow(4);
    tail.begin(4);
    expect(await tail.page(4, undefined, 256)).toEqual({ events: [], reached: 4, head: 4 });
    expect(is.looks).toBe(0);
  });

  it('queries again for one who was notified of more than a query that was under way could see', async () => {
    const { is, grow, tail } = record();
    grow(1);
    tail.begin(1);
    let answer = () => undefined as void;
    is.answered = new Promise((resolve) => (answer = resolve));
    grow(2);
    const early = tail.page(1, undefined, 256);
    grow(3);
    const late = tail.page(1, undefined, 256);
    answer();
    expect(placesOf((await early)!)).toContain(2);
    expect(placesOf((await late)!)).toEqual([2, 3]);
  });

  it('says nothing for a place that it does not reach back to, nor for one that is yet to come', async () => {
    const { grow, tail } = record();
    expect(await tail.page(0, undefined, 256)).toBeUndefined();
    grow(6);
    tail.begin(6);
    expect(await tail.page(5, undefined, 256)).toBeUndefined();
    expect(await tail.page(7, undefined, 256)).toBeUndefined();
  });

  it('gives a page of the requested size, and goes on behind it', async () => {
    const { grow, tail } = record();
    tail.begin(0);
    grow(7);
    const first = await tail.page(0, odd, 2);
    expect([placesOf(first!), first?.reached]).toEqual([[1, 3], 3]);
    expect(first!.head).toBeGreaterThan(first!.reached);
    expect(placesOf((await tail.page(3, odd, 2))!)).toEqual([5, 7]);
  });

  it('says that there is more where its own page was full', async () => {
    const { grow, tail } = record();
    tail.begin(0);
    grow(20);
    const places: number[] = [];
    for (let after = 0; after < 20;) {
      const page = (await tail.page(after, undefined, 256))!;
      places.push(...placesOf(page));
      expect(page.head).toBeGreaterThan(page.reached === 20 ? 19 : page.reached);
      after = page.reached;
    }
    expect(places).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  });

  it('is not led on by a place that nobody ever gets to', async () => {
    const { is, grow, tail } = record();
    grow(3);
    tail.begin(3);
    is.told = 9_007_199_254_740_991;
    expect(await tail.page(3, undefined, 256)).toEqual({ events: [], reached: 3, head: 3 });
    expect(is.looks).toBe(2);
  });

  it.each([
    ['1,000 events', 10, 1_000],
    ['4 million characters', 500_000, 8],
  ])('keeps %s at most, the newest', async (_, length, most) => {
    const { grow, tail } = record({ length });
    tail.begin(0);
    let after = 0;
    for (let to = 8; to <= 1_200; to += 8) {
      grow(to);
      after = (await tail.page(after, undefined, 256))!.reached;
    }
    expect(placesOf((await tail.page(1_200 - most, undefined, most))!)).toHaveLength(most);
    expect(await tail.page(1_200 - most - 1, undefined, most)).toBeUndefined();
  });

  it('takes up where one is who got further by himself', async () => {
    const { grow, tail } = record();
    tail.begin(0);
    grow(9);
    tail.begin(9);
    expect(await tail.page(9, undefined, 256)).toEqual({ events: [], reached: 9, head: 9 });
  });

  it('leaves it to the reader to say where a record is damaged, and begins anew behind it', async () => {
    const { is, grow, tail } = record();
    tail.begin(0);
    grow(2);
    is.failure = new StoreUnusable('damaged');
    expect(await tail.page(0, undefined, 256)).toBeUndefined();
    is.failure = undefined;
    tail.begin(2);
    expect((await tail.page(2, undefined, 256))?.reached).toBe(2);
  });

  it('fails for all who wait when the server is unavailable, and has lost nothing when it is back', async () => {
    const { is, grow, tail } = record();
    tail.begin(0);
    grow(2);
    is.failure = new StoreUnavailable('away', 'unreachable');
    const both = await Promise.allSettled([tail.page(0, undefined, 256), tail.page(0, odd, 256)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    is.failure = undefined;
    expect(placesOf((await tail.page(0, undefined, 256))!)).toEqual([1, 2]);
  });

  it('says nothing of a record that has become shorter', async () => {
    const { grow, tail } = record();
    tail.begin(0);
    grow(5);
    await tail.page(0, undefined, 256);
    tail.forget();
    expect(await tail.page(5, undefined, 256)).toBeUndefined();
  });
});
