import { describe, expect, it } from '@jest/globals';
import type { After, EventStore, Position } from '@waymark/event-store';
import type { RecentEventIndex } from './recent-event-index.js';
import { UnpublishedEvents } from './unpublished-events.js';

const at = (place: number) => String(place).padStart(4, '0') as Position;

/** A record in which the service's events lie at these places. */
const record = (...places: number[]) => {
  const is = { asked: 0, fails: false, after: [] as After[] };
  const store: Pick<EventStore, 'readAll'> = {
    async *readAll(after: After) {
      is.asked += 1;
      is.after.push(after);
      await new Promise((resolve) => setImmediate(resolve));
      if (is.fails) throw new Error('away');
      const found = places.find((place) => after === 'start' || at(place) > after);
      if (found !== undefined) yield [{ position: at(found) }] as never;
    },
  };
  const followed: { from: After | undefined; seen: After; noted: number[]; firstAfter: RecentEventIndex['firstAfter'] } = {
    ...{ from: undefined, seen: 'start', noted: [] },
    firstAfter: (_, after) => followed.noted.map(at).find((place) => after === 'start' || place > after),
  };
  return { is, places, followed, owing: new UnpublishedEvents(store, 'referral', followed) };
};

describe('what a service owes', () => {
  it('is what lies behind what it told and not behind the position', async () => {
    const { owing } = record(3, 7);
    expect(await owing.areUnpublished('start', at(2))).toBe(false);
    expect(await owing.areUnpublished('start', at(3))).toBe(true);
    expect(await owing.areUnpublished(at(3), at(6))).toBe(false);
    expect(await owing.areUnpublished(at(3), at(7))).toBe(true);
    expect(await owing.areUnpublished(at(7), at(9))).toBe(false);
  });

  it('is asked once for all who wait', async () => {
    const { is, owing } = record(5);
    expect(
      await Promise.all([owing.areUnpublished(at(2), at(9)), owing.areUnpublished(at(2), at(6)), owing.areUnpublished(at(2), at(4))]),
    ).toEqual([true, true, false]);
    expect(is.asked).toBe(1);
  });

  it('is not asked for again until it was told', async () => {
    const { is, owing } = record(5, 8);
    expect(await owing.areUnpublished(at(2), at(9))).toBe(true);
    expect(await owing.areUnpublished(at(4), at(9))).toBe(true);
    expect(is.asked).toBe(1);
    expect(await owing.areUnpublished(at(5), at(9))).toBe(true);
    expect(is.asked).toBe(2);
  });

  it('is asked for again for a later position, of which nothing was known', async () => {
    const { places, owing } = record();
    expect(await owing.areUnpublished(at(2), at(4))).toBe(false);
    places.push(6);
    expect(await owing.areUnpublished(at(2), at(4))).toBe(false);
    expect(await owing.areUnpublished(at(2), at(6))).toBe(true);
  });

  it('is looked for behind what was looked at before: a service that tells nothing does not have the whole record searched each time', async () => {
    const { is, places, owing } = record();
    for (const position of [4, 6, 9]) expect(await owing.areUnpublished('start', at(position))).toBe(false);
    expect(is.after).toEqual(['start', at(4), at(6)]);
    places.push(11);
    expect(await owing.areUnpublished('start', at(11))).toBe(true);
    expect(await owing.areUnpublished('start', at(9))).toBe(false);
    expect(await owing.areUnpublished(at(11), at(12))).toBe(false);
    expect(is.after.slice(3)).toEqual([at(9), at(11)]);
  });

  it('is asked for again after the record could not answer, and by one who knows of less', async () => {
    const { is, owing } = record(5);
    is.fails = true;
    await expect(owing.areUnpublished(at(4), at(9))).rejects.toThrow('away');
    is.fails = false;
    expect(await owing.areUnpublished(at(6), at(9))).toBe(false);
    expect(await owing.areUnpublished(at(4), at(9))).toBe(true);
  });

  it('is known without asking where the record is followed', async () => {
    const { is, followed, owing } = record(3, 7);
    Object.assign(followed, { from: at(5), seen: at(9), noted: [7] });
    expect(await owing.areUnpublished(at(5), at(6))).toBe(false);
    expect(await owing.areUnpublished(at(5), at(7))).toBe(true);
    expect(await owing.areUnpublished(at(7), at(9))).toBe(false);
    expect(is.asked).toBe(0);
  });

  it('is asked for once, up to where the record is followed, where the service told nothing since', async () => {
    const { is, followed, owing } = record(7);
    Object.assign(followed, { from: at(5), seen: at(9), noted: [7] });
    for (const position of [6, 4, 9]) expect(await owing.areUnpublished('start', at(position))).toBe(position === 9);
    expect(is.asked).toBe(1);
    const before = record(3, 7);
    Object.assign(before.followed, { from: at(5), seen: at(9), noted: [7] });
    expect(await before.owing.areUnpublished('start', at(6))).toBe(true);
    expect(await before.owing.areUnpublished(at(3), at(6))).toBe(false);
  });

  it('is looked at anew where what was noted was let go while the record was asked', async () => {
    const { followed, owing } = record(7);
    Object.assign(followed, { from: at(5), seen: at(9), noted: [7] });
    const owes = owing.areUnpublished('start', at(9));
    Object.assign(followed, { from: at(8), noted: [] });
    expect(await owes).toBe(true);
  });

  it('is taken for granted while the newest part of the record has not been seen', async () => {
    const { followed, owing } = record();
    Object.assign(followed, { from: at(5), seen: at(6) });
    expect(await owing.areUnpublished(at(5), at(7))).toBe(true);
    followed.seen = at(7);
    expect(await owing.areUnpublished(at(5), at(7))).toBe(false);
  });
});
