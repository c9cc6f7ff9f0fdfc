import { expect, it } from '@jest/globals';
import { day } from '@waymark/kernel';
import { bankHolidays } from './bank-holidays.js';
import { england, workingCalendar } from './calendar.js';

const of = (year: string) => bankHolidays.days.filter(({ date }) => date.startsWith(year)).map(({ date }) => date.slice(5));

it('the years that people remember are as they were', () => {
  expect(of('2020')).toEqual(['01-01', '04-10', '04-13', '05-08', '05-25', '08-31', '12-25', '12-28']);
  expect(of('2022')).toEqual(['01-03', '04-15', '04-18', '05-02', '06-02', '06-03', '08-29', '09-19', '12-26', '12-27']);
  expect(of('2023')).toEqual(['01-02', '04-07', '04-10', '05-01', '05-08', '05-29', '08-28', '12-25', '12-26']);
  expect(of('2026')).toEqual(['01-01', '04-03', '04-06', '05-04', '05-25', '08-31', '12-25', '12-28']);
});

it('every year from 2019 to 2028 has at least its eight, each on a weekday, in order and once', () => {
  for (let year = 2019; year <= 2028; year += 1) expect(of(String(year)).length).toBeGreaterThanOrEqual(8);
  const dates = bankHolidays.days.map(({ date }) => date);
  expect(dates).toEqual([...new Set(dates)].sort());
  for (const date of dates) expect([1, 2, 3, 4, 5]).toContain(new Date(`${date}T00:00:00Z`).getUTCDay());
  expect(dates.every((date) => bankHolidays.first <= date && date <= bankHolidays.last)).toBe(true);
});

it('a substitute day is closed, the day it stands for is a weekend, the next is open', () => {
  expect(['2026-12-25', '2026-12-26', '2026-12-28', '2026-12-29'].map((date) => england.isWorkingDay(day(date)))).toEqual([
    false,
    false,
    false,
    true,
  ]);
});

it('the calendar rests on its list: without it, Good Friday would be a working day', () => {
  const bare = workingCalendar('bare', [], { first: '2026-01-01', last: '2026-12-31' });
  expect([bare.isWorkingDay(day('2026-04-03')), england.isWorkingDay(day('2026-04-03'))]).toEqual([true, false]);
});
