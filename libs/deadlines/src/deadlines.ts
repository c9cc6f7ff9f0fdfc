import { derivedId, type CommandMeta, type Instant, type Uuid } from '@waymark/kernel';
import type { DeadlineEvent, DeadlineEvents } from './events.js';

export type DeadlineStatus = 'open' | 'missed' | 'met' | 'cancelled';

export interface Deadline {
  readonly deadlineId: Uuid;
  readonly rule: string;
  /** The action or meeting that it is about; null when the rule binds the aggregate itself. */
  readonly about: Uuid | null;
  readonly dueAt: Instant;
  readonly remindAt: Instant | null;
  readonly reminded: boolean;
  readonly status: DeadlineStatus;
  /** It passed without being met. For good: what is done later does not undo it (FD-03, GEN-02). */
  readonly breached: boolean;
}

/** The deadlines of one aggregate, in the order in which they were set. */
export type Deadlines = readonly Deadline[];

/** The deadline of a rule that is still to be met, missed or not. */
export const pending = (deadlines: Deadlines, rule: string, about: Uuid | null = null): Deadline | undefined =>
  deadlines.findLast(
    (deadline) => deadline.rule === rule && deadline.about === about && (deadline.status === 'open' || deadline.status === 'missed'),
  );

interface Setting {
  /** The aggregate's id. */
  readonly owner: string;
  readonly rule: string;
  readonly about?: Uuid | null;
  readonly dueAt: Instant;
  readonly remindAt?: Instant | null;
}

interface Matter {
  readonly rule: string;
  readonly about?: Uuid | null;
}

type Moments = Pick<CommandMeta, 'now' | 'occurredAt'>;

/** Sets the next deadline of a rule for an aggregate; its id follows from both, so that a repeat is the same deadline. */
export const setDeadline = <S extends string>(
  events: DeadlineEvents<S>,
  deadlines: Deadlines,
  { owner, rule, about = null, dueAt, remindAt = null }: Setting,
): DeadlineEvent<S> => {
  const nth = deadlines.filter((deadline) => deadline.rule === rule && deadline.about === about).length;
  return events.DeadlineSet({ deadlineId: derivedId(owner, rule, about ?? '', String(nth)), rule, about, dueAt, remindAt });
};

/**
 * The rule's pending deadline is met by something that happened at `occurredAt` and is recorded `now`. Both have to lie within the time, since a late entry
 * repairs nothing (GEN-02). Where one does not and nobody has noticed yet, the miss is recorded first, as of when it was due; so a breach never depends on
 * how fast a timer was.
 */
export const meetDeadline = <S extends string>(
  events: DeadlineEvents<S>,
  deadlines: Deadlines,
  { rule, about = null }: Matter,
  { now, occurredAt }: Moments,
): readonly DeadlineEvent<S>[] => {
  const deadline = pending(deadlines, rule, about);
  if (!deadline) return [];
  const late = now > deadline.dueAt || occurredAt > deadline.dueAt || deadline.breached;
  const met = events.DeadlineMet({ deadlineId: deadline.deadlineId, rule, about, late });
  return late && deadline.status === 'open' ? [missed(events, deadline), met] : [met];
};

/**
 * The rule's pending deadline no longer applies. Give the moment of it wherever the deadline may have passed by then: a miss that nobody
 * has noticed yet is recorded first, as in {@link meetDeadline}.
 */
export const cancelDeadline = <S extends string>(
  events: DeadlineEvents<S>,
  deadlines: Deadlines,
  { rule, about = null }: Matter,
  at?: Instant,
): readonly DeadlineEvent<S>[] => {
  const deadline = pending(deadlines, rule, about);
  if (!deadline) return [];
  const cancelled = events.DeadlineCancelled({ deadlineId: deadline.deadlineId, rule, about });
  return at !== undefined && at > deadline.dueAt && deadline.status === 'open' ? [missed(events, deadline), cancelled] : [cancelled];
};

export const missed = <S extends string>(events: DeadlineEvents<S>, { deadlineId, rule, about, dueAt }: Deadline) => ({
  ...events.DeadlineMissed({ deadlineId, rule, about, dueAt }),
  occurredAt: dueAt,
});
