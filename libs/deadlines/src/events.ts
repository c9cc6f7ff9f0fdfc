import { defineEvent, flag, handle, Instant, Uuid, type EventOf } from '@waymark/kernel';
import { formatLondon } from '@waymark/policy';

/** What a deadline is for, by the rule it comes from: `{ 'EHA-08': 'finish the assessment' }`. */
export type DeadlineTexts = Readonly<Record<string, string>>;

/**
 * The deadline events of one service. They stand in the stream of the aggregate that they bind, so that whether a
 * deadline was met is decided where the work is decided, without a race.
 * @param service the first part of their types, `assessment` for `assessment.DeadlineSet.v1`
 */
export const deadlineEvents = <const S extends string>(service: S, texts: DeadlineTexts) => {
  const which = {
    deadlineId: Uuid,
    rule: handle(),
    /** The action or meeting that it is about, where a stream has several. */ about: Uuid.nullable(),
  };
  const what = (rule: string) => texts[rule] ?? `do what ${rule} asks`;
  return {
    DeadlineSet: defineEvent(
      `${service}.DeadlineSet.v1`,
      { ...which, dueAt: Instant, remindAt: Instant.nullable() },
      ({ rule, dueAt }) => `A deadline was set to ${what(rule)} by ${formatLondon(dueAt)} (${rule}).`,
    ),
    DeadlineReminded: defineEvent(
      `${service}.DeadlineReminded.v1`,
      { ...which, dueAt: Instant },
      ({ rule, dueAt }) => `A reminder: ${what(rule)} by ${formatLondon(dueAt)} (${rule}).`,
    ),
    DeadlineMet: defineEvent(`${service}.DeadlineMet.v1`, { ...which, late: flag() }, ({ rule, late }) =>
      late ? `The deadline to ${what(rule)} was met late (${rule}).` : `The deadline to ${what(rule)} was met (${rule}).`,
    ),
    DeadlineMissed: defineEvent(
      `${service}.DeadlineMissed.v1`,
      { ...which, dueAt: Instant },
      ({ rule, dueAt }) => `The deadline to ${what(rule)} by ${formatLondon(dueAt)} was missed (${rule}).`,
    ),
    DeadlineCancelled: defineEvent(
      `${service}.DeadlineCancelled.v1`,
      { ...which },
      ({ rule }) => `The deadline to ${what(rule)} no longer applies (${rule}).`,
    ),
  };
};

export type DeadlineEvents<S extends string = string> = ReturnType<typeof deadlineEvents<S>>;
export type DeadlineEvent<S extends string = string> = {
  [K in keyof DeadlineEvents<S>]: EventOf<DeadlineEvents<S>[K]>;
}[keyof DeadlineEvents<S>];
