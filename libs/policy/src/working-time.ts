import { TZDate } from '@date-fns/tz';
// By their own paths: the package's index loads every locale, which costs seconds at start and 200 MB.
import { addDays } from 'date-fns/addDays';
import { addMonths } from 'date-fns/addMonths';
import { day as readDay, instantFromMs, msOf, type Day, type Instant } from '@waymark/kernel';
import { england, type WorkingCalendar } from './calendar.js';
import type { TimeLimit } from './pack.js';

const zone = 'Europe/London';
const hourMs = 3_600_000;

/** The calendar day in England on which a moment falls. */
export const londonDay = (at: Instant): Day => {
  const hour = at.slice(0, hourLength);
  if (hour !== asked.hour || hour < wholeHoursSince) asked = { hour, day: readDay(isoOf(inLondon(at))) };
  return asked.day;
};

/** England's time differs from UTC by whole hours, so an hour of UTC lies in one day; most moments that are asked about lie in the same. */
let asked: { readonly hour: string; readonly day: Day } = { hour: '', day: '' as Day };
const hourLength = '2026-03-02T09'.length;
const wholeHoursSince = '1848';

/** Midnight, Europe/London. */
export const startOfLondonDay = (day: Day): Instant => {
  const [year, month, date] = partsOf(day);
  return instantFromMs(new TZDate(year, month - 1, date, zone).getTime());
};

/** 23:59:59.999, Europe/London. */
export const endOfLondonDay = (day: Day): Instant => instantFromMs(msOf(startOfLondonDay(daysAfter(day, 1))) - 1);

/**
 * The moment at which a limit that began at `start` ends. Hours are elapsed hours, whatever the clocks do; all else ends with the
 * last London day. The start's own day is not counted: four weeks after Monday 9 March is Monday 6 April.
 * @throws RangeError when the limit is not a whole number from 1, or working days leave the calendar's years
 */
export const deadlineAfter = (start: Instant, limit: TimeLimit, calendar: WorkingCalendar = england): Instant =>
  'elapsedHours' in limit
    ? instantFromMs(msOf(start) + whole(limit.elapsedHours) * hourMs)
    : endOfLondonDay(lastDayOf(londonDay(start), limit, calendar));

/**
 * Whether a moment lies within a limit that began at `start`, the limit's last day included (TS-02: an EHA completed on 3 April
 * is in date on 3 October and out of date on 4 October). A moment before the start does not.
 * @throws RangeError as {@link deadlineAfter} does
 */
export const withinLimit = (start: Instant, limit: TimeLimit, at: Instant, calendar: WorkingCalendar = england): boolean =>
  at >= start && at <= deadlineAfter(start, limit, calendar);

/**
 * The last day of a limit counted in days.
 * @throws RangeError as {@link deadlineAfter} does
 */
export const lastDayOf = (from: Day, limit: Exclude<TimeLimit, { elapsedHours: number }>, calendar: WorkingCalendar = england): Day => {
  if ('workingDays' in limit) return workingDaysAfter(from, whole(limit.workingDays), calendar);
  if ('months' in limit) return asDay(addMonths(asDate(from), whole(limit.months)));
  return daysAfter(from, 'weeks' in limit ? whole(limit.weeks) * 7 : whole(limit.days));
};

/**
 * Age in whole years. An age is attained at the start of the anniversary of birth; one born on 29 February attains it on 1 March in
 * other years (Family Law Reform Act 1969, s. 9).
 * @throws RangeError when the day lies before the birth
 */
export const ageOn = (dateOfBirth: Day, on: Day): number => {
  if (on < dateOfBirth) throw new RangeError('no age before birth: the date of birth lies after the day asked about');
  const years = Number(on.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  // Plain string order of month and day puts 29 February after the 28th and before 1 March.
  return on.slice(5) < dateOfBirth.slice(5) ? years - 1 : years;
};

/** `2 March 2026 at 09:15`, Europe/London. */
export const formatLondon = (at: Instant): string => {
  const { date, hour, minute } = wordsOf(inLondon(at));
  return `${date} at ${hour}:${minute}`;
};

/** `2 March 2026`. */
export const formatDay = (day: Day): string => wordsOf(asDate(day)).date;

const workingDaysAfter = (from: Day, count: number, calendar: WorkingCalendar): Day => {
  let day = from;
  for (let left = count; left > 0;) {
    day = daysAfter(day, 1);
    if (calendar.isWorkingDay(day)) left -= 1;
  }
  return day;
};

const whole = (value: number): number => {
  if (!Number.isInteger(value) || value < 1) throw new RangeError(`a time limit is a whole number from 1, not ${value}`);
  return value;
};

const inLondon = (at: Instant): TZDate => new TZDate(msOf(at), zone);
const daysAfter = (day: Day, count: number): Day => asDay(addDays(asDate(day), count));
// A day by itself is reckoned in UTC, where every day has 24 hours.
const asDate = (day: Day): TZDate => new TZDate(`${day}T00:00:00.000Z`, 'UTC');
const asDay = (date: TZDate): Day => readDay(isoOf(date));
const two = (value: number): string => String(value).padStart(2, '0');
// A TZDate answers in its own zone.
const isoOf = (date: Date): string => `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const wordsOf = (date: Date) => ({
  date: `${date.getDate()} ${String(months[date.getMonth()])} ${date.getFullYear()}`,
  hour: two(date.getHours()),
  minute: two(date.getMinutes()),
});
const partsOf = (day: Day): [number, number, number] => day.split('-').map(Number) as [number, number, number];
