import type { Instant, OrganisationId } from '@waymark/kernel';

/** From `from` on and before `until`; without an end where `until` is null. */
export interface Interval {
  readonly from: Instant;
  readonly until: Instant | null;
}

/** Why a stretch ended before the end that was agreed; absent where nothing but the agreed end bounds it. */
export type Ending = 'withdrawal' | 'suspension' | 'renewal';

/** A stretch of time in which a consent reaches an agency. */
export interface Stretch extends Interval {
  readonly agency: OrganisationId;
  readonly endedBy?: Ending;
}

export const holdsAt = ({ from, until }: Interval, at: Instant): boolean => from <= at && (until === null || at < until);

interface End {
  readonly at: Instant;
  /** null: all. */
  readonly agencies: readonly OrganisationId[] | null;
  readonly by: Ending;
}

/**
 * Ends every stretch that holds at that moment, and nothing else: from then on nothing is reached (CON-13), and what was agreed after it stays as it is.
 * An empty stretch is none.
 */
export const ended = (reach: readonly Stretch[], { at, agencies, by }: End): readonly Stretch[] =>
  reach
    .map((stretch) =>
      holdsAt(stretch, at) && (agencies?.includes(stretch.agency) ?? true) ? { ...stretch, until: at, endedBy: by } : stretch,
    )
    .filter(({ from, until }) => until === null || from < until);

interface Beginning extends Interval {
  readonly agencies: readonly OrganisationId[];
}

/** Begins a stretch for each of the agencies, or renews it: the one before ends where the new one begins. */
export const begun = (reach: readonly Stretch[], { agencies, from, until }: Beginning): readonly Stretch[] => [
  ...ended(reach, { at: from, agencies, by: 'renewal' }),
  ...agencies.map((agency) => ({ agency, from, until })),
];

/** The intervals as one: those that touch or overlap are joined; in the order of time. */
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
