import {
  accept,
  unknown,
  wrongState,
  type AnyCommand,
  type CaseId,
  type Command,
  type Decider,
  type Decision,
  type DomainEvent,
  type Fact,
  type Instant,
  type Uuid,
} from '@waymark/kernel';
import { missed, type Deadline, type Deadlines } from './deadlines.js';
import type { DeadlineEvent, DeadlineEvents } from './events.js';

/** What the timer asks of the aggregate that a deadline binds. */
export interface DeadlineCommand<Of extends CaseId | null = CaseId> extends Command<'RemindOfDeadline' | 'MissDeadline', Of> {
  readonly deadlineId: Uuid;
}

/** An aggregate's state beside its deadlines. */
export interface Timed<S> {
  readonly subject: S;
  readonly deadlines: Deadlines;
}

export interface TimedDecider<C extends AnyCommand, E extends DomainEvent, S, Pack> {
  readonly initial: S;
  readonly decide: (command: C, state: S, pack: Pack, deadlines: Deadlines) => Decision<E>;
  /** Sees the aggregate's own events only. */
  readonly evolve: (state: S, event: Fact<E>) => S;
}

/** Adds deadlines to a decider: it sets and meets them with its own events; reminding and missing is the same everywhere. */
export const timed = <const Service extends string, C extends AnyCommand, E extends DomainEvent, S, Pack>(
  events: DeadlineEvents<Service>,
  inner: TimedDecider<C, E | DeadlineEvent<Service>, S, Pack>,
): Decider<C | DeadlineCommand<C['caseId']>, E | DeadlineEvent<Service>, Timed<S>, Pack> => ({
  initial: { subject: inner.initial, deadlines: [] },
  decide: (command, { subject, deadlines }, pack) =>
    isDeadlineCommand(command) ? decideDeadline(events, command, deadlines) : inner.decide(command, subject, pack, deadlines),
  evolve: (state, event) =>
    isDeadlineEvent(event)
      ? { subject: state.subject, deadlines: evolveDeadlines(state.deadlines, event) }
      : { subject: inner.evolve(state.subject, event), deadlines: state.deadlines },
});

const isDeadlineCommand = (command: AnyCommand): command is DeadlineCommand<CaseId | null> =>
  command.kind === 'RemindOfDeadline' || command.kind === 'MissDeadline';

const deadlineType = /\.Deadline(Set|Reminded|Met|Missed|Cancelled)\.v1$/;
const isDeadlineEvent = (event: DomainEvent): event is Fact<DeadlineEvent> => deadlineType.test(event.type);

const decideDeadline = <S extends string>(
  events: DeadlineEvents<S>,
  { kind, deadlineId, meta }: DeadlineCommand<CaseId | null>,
  deadlines: Deadlines,
): Decision<DeadlineEvent<S>> => {
  const deadline = deadlines.find((candidate) => candidate.deadlineId === deadlineId);
  if (!deadline) return unknown('There is no such deadline.', { field: 'deadlineId' });
  // Whoever was faster has settled it: nothing is left to do, and nothing is done twice.
  if (deadline.status !== 'open' || (kind === 'RemindOfDeadline' && deadline.reminded)) return accept();
  return kind === 'MissDeadline' ? miss(events, deadline, meta.now) : remind(events, deadline, meta.now);
};

/** What is done at the due moment itself is in time, so only what lies after it is a miss. */
const miss = <S extends string>(events: DeadlineEvents<S>, deadline: Deadline, now: Instant): Decision<DeadlineEvent<S>> =>
  now > deadline.dueAt ? accept(missed(events, deadline)) : wrongState('The deadline has not passed.');

const remind = <S extends string>(events: DeadlineEvents<S>, deadline: Deadline, now: Instant): Decision<DeadlineEvent<S>> =>
  deadline.remindAt !== null && now >= deadline.remindAt
    ? accept(reminded(events, deadline, deadline.remindAt))
    : wrongState('The moment of the reminder has not been reached.');

const reminded = <S extends string>(events: DeadlineEvents<S>, { deadlineId, rule, about, dueAt }: Deadline, at: Deadline['dueAt']) => ({
  ...events.DeadlineReminded({ deadlineId, rule, about, dueAt }),
  occurredAt: at,
});

export const evolveDeadlines = (deadlines: Deadlines, event: Pick<DeadlineEvent, 'type' | 'data'>): Deadlines => {
  const [, step] = deadlineType.exec(event.type) ?? [];
  const { deadlineId } = event.data;
  const change = (to: Partial<Deadline>) =>
    deadlines.map((deadline) => (deadline.deadlineId === deadlineId ? { ...deadline, ...to } : deadline));
  switch (step) {
    case 'Set': {
      const { rule, about, dueAt, remindAt } = event.data as Pick<Deadline, 'rule' | 'about' | 'dueAt' | 'remindAt'>;
      return [...deadlines, { deadlineId, rule, about, dueAt, remindAt, reminded: false, status: 'open', breached: false }];
    }
    case 'Reminded':
      return change({ reminded: true });
    case 'Met':
      return change({ status: 'met' });
    case 'Missed':
      return change({ status: 'missed', breached: true });
    case 'Cancelled':
      return change({ status: 'cancelled' });
    default:
      return deadlines;
  }
};
