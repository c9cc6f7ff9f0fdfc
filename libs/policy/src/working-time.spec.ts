import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { day, instant, instantFromMs, msOf, type Day } from '@waymark/kernel';
import { england } from './calendar.js';
import {
  ageOn,
  deadlineAfter,
  endOfLondonDay,
  formatDay,
  formatLondon,
  lastDayOf,
  londonDay,
  startOfLondonDay,
  withinLimit,
} from './working-time.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const moments = (from: string, to: string) => fc.integer({ min: Date.parse(from), max: Date.parse(to) }).map(instantFromMs);
/** Within the years of the bank holidays. */
const aMoment = moments('2019-01-02T00:00:00Z', '2028-06-30T00:00:00Z');
/** A week about each change of the clocks in 2026. */
const nearAChange = fc.oneof(
  moments('2026-03-26T00:00:00Z', '2026-04-01T00:00:00Z'),
  moments('2026-10-22T00:00:00Z', '2026-10-28T00:00:00Z'),
);
const anyMoment = fc.oneof(aMoment, nearAChange);
const utcDaysAfter = (from: Day, count: number) => new Date(Date.parse(from) + count * dayMs).toISOString().slice(0, 10);

describe('days in London', () => {
  it('a late evening in UTC is already the next day in summer, and not in winter', () => {
    expect(londonDay(instant('2026-07-01T23:30:00Z'))).toBe('2026-07-02');
    expect(londonDay(instant('2026-01-01T23:30:00Z'))).toBe('2026-01-01');
  });

  it('the day on which the clocks go forward has 23 hours, the one on which they go back has 25, others have 24', () => {
    const hours = (text: string) => (msOf(endOfLondonDay(day(text))) + 1 - msOf(startOfLondonDay(day(text)))) / hourMs;
    expect(['2026-03-28', '2026-03-29', '2026-03-30', '2026-10-24', '2026-10-25', '2026-10-26'].map(hours)).toEqual([
      24, 23, 24, 24, 25, 24,
    ]);
  });

  it('every moment lies between the start and the end of its day, and days leave no gap', () => {
    fc.assert(
      fc.property(anyMoment, (at) => {
        const today = londonDay(at);
        expect(startOfLondonDay(today) <= at && at <= endOfLondonDay(today)).toBe(true);
        expect(londonDay(startOfLondonDay(today))).toBe(today);
        expect(londonDay(instantFromMs(msOf(endOfLondonDay(today)) + 1))).toBe(utcDaysAfter(today, 1));
      }),
    );
  });

  it('a moment reads in plain English, in the time of London', () => {
    expect(formatLondon(instant('2026-03-02T09:15:00Z'))).toBe('2 March 2026 at 09:15');
    expect(formatLondon(instant('2026-07-01T23:30:00Z'))).toBe('2 July 2026 at 00:30');
    expect(formatDay(day('2026-03-02'))).toBe('2 March 2026');
  });
});

describe('elapsed hours', () => {
  it('FD-03 72 hours are 72 hours, though the clocks go forward in between', () => {
    expect(deadlineAfter(instant('2026-03-27T17:00:00+00:00'), { elapsedHours: 72 })).toBe(instant('2026-03-30T18:00:00+01:00'));
    expect(deadlineAfter(instant('2026-10-24T17:00:00+01:00'), { elapsedHours: 72 })).toBe(instant('2026-10-27T16:00:00+00:00'));
  });

  it('are exact whatever the moment and the number', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 1, max: 2000 }), (start, elapsedHours) => {
        expect(msOf(deadlineAfter(start, { elapsedHours })) - msOf(start)).toBe(elapsedHours * hourMs);
      }),
    );
  });
});

describe('days, weeks and months', () => {
  it('EHA-08 four weeks after Monday 9 March 2026 end with Monday 6 April, in summer time by then', () => {
    expect(deadlineAfter(instant('2026-03-09T10:00:00Z'), { weeks: 4 })).toBe('2026-04-06T22:59:59.999Z');
  });

  it('TAF-01 TAF-02 the dates of the first meeting and its review follow from the completion and the meeting', () => {
    expect(lastDayOf(day('2026-04-03'), { weeks: 4 })).toBe('2026-05-01');
    expect(lastDayOf(day('2026-04-28'), { weeks: 6 })).toBe('2026-06-09');
    expect(lastDayOf(day('2026-04-28'), { weeks: 8 })).toBe('2026-06-23');
  });

  it('TS-02 an assessment completed on 3 April is in date through 3 October, and out of date on 4 October', () => {
    const completed = instant('2026-04-03T11:00:00+01:00');
    const inDate = (at: string) => withinLimit(completed, { months: 6 }, instant(at));
    expect(inDate('2026-10-03T00:00:00+01:00')).toBe(true);
    expect(inDate('2026-10-03T23:59:59.999+01:00')).toBe(true);
    expect(inDate('2026-10-04T00:00:00+01:00')).toBe(false);
    expect(inDate('2026-04-03T10:59:59+01:00')).toBe(false);
  });

  it('a month that is too short ends on its last day', () => {
    expect(lastDayOf(day('2026-08-31'), { months: 6 })).toBe('2027-02-28');
    expect(lastDayOf(day('2027-08-31'), { months: 6 })).toBe('2028-02-29');
    expect(lastDayOf(day('2026-08-31'), { months: 1 })).toBe('2026-09-30');
  });

  it('a limit in days or weeks ends with the last millisecond of its day, across changes of the clocks', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 1, max: 400 }), (start, days) => {
        const due = deadlineAfter(start, { days });
        expect(londonDay(due)).toBe(utcDaysAfter(londonDay(start), days));
        expect(londonDay(instantFromMs(msOf(due) + 1))).toBe(utcDaysAfter(londonDay(start), days + 1));
        expect(deadlineAfter(start, { weeks: days })).toBe(deadlineAfter(start, { days: days * 7 }));
      }),
    );
  });

  it('months keep the day of the month, or end with the month', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 1, max: 60 }), (start, months) => {
        const from = londonDay(start);
        const last = lastDayOf(from, { months });
        const lastOfMonth = utcDaysAfter(last, 1).endsWith('-01');
        expect(last.slice(8) === from.slice(8) || (lastOfMonth && last.slice(8) < from.slice(8))).toBe(true);
        const monthsOf = (text: Day) => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
        expect(monthsOf(last) - monthsOf(from)).toBe(months);
      }),
    );
  });
});

describe('working days', () => {
  const due = (from: string, workingDays: number) => londonDay(deadlineAfter(instant(from), { workingDays }));

  it('leave out weekends and bank holidays, Easter and the substitute day of Boxing Day 2026 included', () => {
    expect(due('2026-04-02T16:00:00+01:00', 1)).toBe('2026-04-07');
    expect(due('2026-12-24T09:00:00Z', 1)).toBe('2026-12-29');
    expect(due('2026-05-01T09:00:00+01:00', 5)).toBe('2026-05-11');
  });

  it('end with the end of the last one', () => {
    expect(deadlineAfter(instant('2026-03-27T09:00:00Z'), { workingDays: 1 })).toBe('2026-03-30T22:59:59.999Z');
  });

  it('end on a working day, with exactly so many of them since the start', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 1, max: 60 }), (start, workingDays) => {
        const last = londonDay(deadlineAfter(start, { workingDays }));
        expect(england.isWorkingDay(last)).toBe(true);
        let counted = 0;
        for (let at = londonDay(start); at < last;) {
          at = day(utcDaysAfter(at, 1));
          if (england.isWorkingDay(at)) counted += 1;
        }
        expect(counted).toBe(workingDays);
      }),
      { numRuns: 50 },
    );
  });

  it('past the end of the bank holidays are an error that says so, not a guess', () => {
    expect(due('2028-12-28T09:00:00Z', 1)).toBe('2028-12-29');
    expect(() => due('2028-12-29T09:00:00Z', 1)).toThrow(/reaches from 2019-01-01 to 2028-12-31 .* 2029-01-01/);
    expect(() => due('2018-12-28T09:00:00Z', 1)).toThrow(/2018-12-29/);
  });
});

it('a limit that is not a whole number from 1 is refused', () => {
  const start = instant('2026-03-09T10:00:00Z');
  for (const limit of [{ weeks: 0 }, { days: -1 }, { months: 1.5 }, { elapsedHours: Number.NaN }, { workingDays: 0 }])
    expect(() => deadlineAfter(start, limit)).toThrow(RangeError);
  expect(() => deadlineAfter(start, { weeks: 1 })).not.toThrow();
});

describe('age', () => {
  const age = (born: string, on: string) => ageOn(day(born), day(on));

  it('is attained at the start of the anniversary', () => {
    expect(age('2010-03-09', '2026-03-08')).toBe(15);
    expect(age('2010-03-09', '2026-03-09')).toBe(16);
    expect(age('2026-03-09', '2026-03-09')).toBe(0);
  });

  it('of one born on 29 February is attained on 1 March in other years', () => {
    expect(age('2012-02-29', '2027-02-28')).toBe(14);
    expect(age('2012-02-29', '2027-03-01')).toBe(15);
    expect(age('2012-02-29', '2028-02-28')).toBe(15);
    expect(age('2012-02-29', '2028-02-29')).toBe(16);
  });

  it('grows by one exactly on anniversaries', () => {
    fc.assert(
      fc.property(aMoment, fc.integer({ min: 1, max: 9000 }), (birth, later) => {
        const born = londonDay(birth);
        const today = day(utcDaysAfter(born, later));
        const grown = ageOn(born, today) - ageOn(born, day(utcDaysAfter(born, later - 1)));
        const anniversary = born.slice(5) === '02-29' && !isLeap(today) ? '03-01' : born.slice(5);
        expect(grown).toBe(today.slice(5) === anniversary ? 1 : 0);
      }),
    );
  });

  it('before birth there is none', () => {
    expect(() => age('2026-03-09', '2026-03-08')).toThrow(RangeError);
  });
});

const isLeap = (at: Day) => new Date(Date.UTC(Number(at.slice(0, 4)), 1, 29)).getUTCMonth() === 1;
