import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aCase, idOf } from '@waymark/testing';
import { day, exampleOf, reveal, streamOf, type Uuid } from '@waymark/kernel';
import { episodeEvents, tafEvents } from '@waymark/planning-domain';
import { amir, contactStream, deadline, leila, received, world, type World } from './world.js';

let on: World;
beforeEach(async () => {
  on = await world();
});
afterEach(() => on.stop());

const stream = (name: string) => streamOf({ name: 'planning.episode' }, idOf(name));
const born = (dateOfBirth: string | null, birth = 'known') =>
  received({
    child: { personId: amir, name: 'Amir', birth: birth as 'known', dateOfBirth: dateOfBirth === null ? null : day(dateOfBirth) },
  });
const setAside = async (subject: string) => {
  const aside = await on.platform.counting.setAside(subject as Uuid);
  return aside && reveal(aside.statistic, undefined);
};
const counted = async () => (await setAside(aCase))?.ofCase;
const missedOf = (rule: string) => deadline(rule, '2026-03-20T10:00:00Z').missed;

describe('what stays countable of a case', () => {
  it.each([
    ['2025-06-01', 'under-1'],
    ['2025-03-01', '1-4'],
    ['2021-03-03', '1-4'],
    ['2021-03-02', '5-9'],
    ['2016-03-02', '10-15'],
    ['2010-03-02', '16-or-over'],
    ['2026-06-01', 'unborn'],
    [null, 'not-known'],
  ])('B3 tells who was born on %s by the band %s', async (dateOfBirth, band) => {
    await on.happened(contactStream, born(dateOfBirth));
    expect(await counted()).toMatchObject({ ageBands: [band] });
  });

  it('B3 is the quarter in London in which it began, and bands of what was met, missed and held', async () => {
    const began = { occurredAt: '2025-06-30T23:30:00Z' };
    await on.happened(contactStream, born(null, 'unborn'), began);
    const plan = stream('plan');
    for (const rule of ['TAF-02', 'EP-01', 'EHA-06']) await on.happened(plan, missedOf(rule));
    await on.happened(plan, deadline('TAF-02', '2026-03-20T10:00:00Z').met);
    await on.happened(plan, tafHeld());
    expect(await counted()).toEqual({
      ...{ authority: 'peterborough', year: 2025, quarter: 'Q3', ageBands: ['unborn'], outcome: 'plan', closedBecause: null },
      ...{ deadlinesMet: 'none', deadlinesMissed: '3-5', meetings: '1-2' },
    });
  });

  it('B3 is the code of the reason of closing, and none where that is erased already', async () => {
    await on.happened(contactStream, born(null));
    await on.happened(stream('episode'), closed());
    expect(await counted()).toMatchObject({ outcome: 'closed', closedBecause: 'needs-met' });
    await on.platform.engines.keys.destroy(aCase);
    expect(await counted()).toMatchObject({ outcome: 'closed', closedBecause: null });
  });

  it('B3 leaves out a reason of closing that is no code of words', async () => {
    await on.happened(contactStream, born(null));
    await on.happened(stream('episode'), closed('2026-03-02'));
    expect(await counted()).toMatchObject({ outcome: 'closed', closedBecause: null });
  });

  it('B3 is nothing for an adult, and nothing for an id that nobody has', async () => {
    await on.happened(contactStream, born('2018-05-14'));
    expect(await setAside(leila)).toBeNull();
    expect(await setAside(idOf('nobody'))).toBeNull();
    expect((await setAside(amir))?.ofChild).toEqual({
      ...{ authority: 'peterborough', year: 2026, quarter: 'Q1', ageBand: '5-9' },
    });
  });
});

const tafHeld = () => tafEvents.TafHeld({ ...(exampleOf(tafEvents.TafHeld) as Parameters<typeof tafEvents.TafHeld>[0]), first: true });
const closed = (reason = 'needs-met') =>
  episodeEvents.EpisodeClosed({
    ...(exampleOf(episodeEvents.EpisodeClosed) as Parameters<typeof episodeEvents.EpisodeClosed>[0]),
    reason,
  });
