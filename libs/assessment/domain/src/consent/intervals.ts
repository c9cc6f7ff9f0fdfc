import type { Instant, OrganisationId } from '@waymark/kernel';
import type { Interval, Reach } from './state.js';

export const holdsAt = ({ from, until }: Interval, at: Instant): boolean => from <= at && (until === null || at < until);

/** Ends, at `at`, every stretch that holds then: from that moment on nothing is reached (CON-13). An empty stretch is none. */
export const clip = (reach: readonly Reach[], at: Instant, agencies: readonly OrganisationId[] | null): readonly Reach[] =>
  reach
    .map((stretch) => (holdsAt(stretch, at) && (agencies?.includes(stretch.agency) ?? true) ? { ...stretch, until: at } : stretch))
    .filter(({ from, until }) => until === null || from < until);

/** The stretches as one: those that touch or overlap are joined; in the order of time. */
export const joined = (intervals: readonly Interval[]): readonly Interval[] => {
  const result: Interval[] = [];
  for (const { from, until } of intervals.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const last = result.at(-1);
    if (last && (last.until === null || from <= last.until))
      result[result.length - 1] = { from: last.from, until: later(last.until, until) };
    else result.push({ from, until });
  }
  return result;
};

const later = (a: Instant | null, b: Instant | null): Instant | null => (a === null || b === null ? null : a > b ? a : b);
