import type { Day } from '@waymark/kernel';
import { bankHolidays } from './bank-holidays.js';

/** Tells working days from others, within the years it has data for. */
export interface WorkingCalendar {
  /** @throws RangeError outside the calendar's years: a guess would be a wrong deadline */
  isWorkingDay(day: Day): boolean;
}

/** A calendar of weekdays but for some days, known from the first to the last day. */
export const workingCalendar = (name: string, holidays: readonly string[], known: { first: string; last: string }): WorkingCalendar => {
  const closed = new Set(holidays);
  return {
    isWorkingDay: (day) => {
      if (day < known.first || day > known.last)
        throw new RangeError(
          `the calendar ${name} reaches from ${known.first} to ${known.last} and cannot say whether ${day} is a working day: ship a newer list`,
        );
      return !isWeekend(day) && !closed.has(day);
    },
  };
};

const isWeekend = (day: Day): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** Working days in England: Monday to Friday but for bank holidays. */
export const england: WorkingCalendar = workingCalendar(
  'England and Wales',
  bankHolidays.days.map(({ date }) => date),
  { first: bankHolidays.first, last: bankHolidays.last },
);
