import { describe, expect, it } from '@jest/globals';
import {
  accept,
  defineEvent,
  fold,
  instant,
  Uuid,
  type Aggregate,
  type Command,
  type EventOf,
  type Fact,
  type Instant,
  type Intent,
} from '@waymark/kernel';
import { aCase, dana, idOf, meta, specification } from '@waymark/testing';
import fc from 'fast-check';
import { cancelDeadline, meetDeadline, pending, setDeadline } from './deadlines.js';
import { deadlineEvents, type DeadlineEvent } from './events.js';
import { timed, type DeadlineCommand, type Timed } from './timed.js';

const deadlines = deadlineEvents('test', { 'EHA-08': 'finish the assessment' });
const Finished = defineEvent('test.Finished.v1', { id: Uuid }, () => 'It was finished.');
type Event = EventOf<typeof Finished> | DeadlineEvent<'test'>;

interface Own extends Command<'Set' | 'Meet' | 'Cancel'> {
  readonly about?: typeof aCase | Uuid;
  readonly dueAt?: Instant;
}
type Asked = Own | DeadlineCommand;

const owner = idOf('eha');
const due = instant('2026-04-06T22:59:59.999Z');
const remindAt = instant('2026-03-30T08:00:00Z');
const before = instant('2026-04-01T09:00:00Z');
const later = instant('2026-04-09T09:00:00Z');
const justAfter = instant('2026-04-06T23:00:00Z');

/** An aggregate that does nothing but set, meet and cancel one rule's deadlines. */
const aggregate: Aggregate<Asked, Event, Timed<number>, null> = {
  name: 'test.aggregate',
  events: [Finished, ...Object.values(deadlines)],
  ...timed<'test', Own, Event, number, null>(deadlines, {
    initial: 0,
    decide: ({ kind, about = null, dueAt = due, meta }, _state, _pack, current) => {
      const matter = { rule: 'EHA-08', about: about as Uuid | null };
      switch (kind) {
        case 'Set':
          return accept<Event>(setDeadline(deadlines, current, { owner, ...matter, dueAt, remindAt }));
        case 'Meet':
          return accept<Event>(Finished({ id: owner }), ...meetDeadline(deadlines, current, matter, meta));
        case 'Cancel':
          return accept<Event>(...cancelDeadline(deadlines, current, matter, meta.occurredAt));
      }
    },
    evolve: (count) => count + 1,
  }),
};
const { given } = specification(aggregate, null);

const ask = (kind: Own['kind'], more: Partial<Own> = {}) => ({ kind, caseId: aCase, ...more }) as Intent<Own>;
const timer = (kind: DeadlineCommand['kind'], deadlineId: Uuid) => ({ kind, caseId: aCase, deadlineId }) as const;
const setting = (about: Uuid | null = null, dueAt = due, history: readonly Event[] = []) =>
  setDeadline(deadlines, fold(aggregate, history as Fact<Event>[]).deadlines, { owner, rule: 'EHA-08', about, dueAt, remindAt });
const set = setting();
const { deadlineId } = set.data;
const which = { deadlineId, rule: 'EHA-08', about: null };
const missed = { ...deadlines.DeadlineMissed({ ...which, dueAt: due }), occurredAt: due };
const reminded = { ...deadlines.DeadlineReminded({ ...which, dueAt: due }), occurredAt: remindAt };
const met = (late: boolean) => deadlines.DeadlineMet({ ...which, late });
const cancelled = deadlines.DeadlineCancelled(which);
const finished = Finished({ id: owner });

describe('the timer', () => {
  it('reminds once, at the moment that was set for it, and not before', () => {
    given(set)
      .when(timer('RemindOfDeadline', deadlineId), { now: instant('2026-03-30T07:59:59.999Z') })
      .refused('wrong-state');
    given(set).when(timer('RemindOfDeadline', deadlineId), { now: remindAt }).then(reminded);
    given(set, reminded).when(timer('RemindOfDeadline', deadlineId), { now: before }).nothing();
  });

  it('does not remind where no reminder was set', () => {
    const silent = deadlines.DeadlineSet({ ...which, dueAt: due, remindAt: null });
    given(silent).when(timer('RemindOfDeadline', deadlineId), { now: before }).refused('wrong-state');
  });

  it('records a miss once, as of when it was due, however late it is noticed', () => {
    given(set).when(timer('MissDeadline', deadlineId), { now: later }).then(missed);
    given(set, missed).when(timer('MissDeadline', deadlineId), { now: later }).nothing();
  });

  it('records no miss at the due moment itself: what is done then is in time', () => {
    given(set).when(timer('MissDeadline', deadlineId), { now: due }).refused('wrong-state');
    given(set).when(timer('MissDeadline', deadlineId), { now: justAfter }).then(missed);
  });

  it('records no miss when its clock went backwards', () => {
    given(set, reminded).when(timer('MissDeadline', deadlineId), { now: before }).refused('wrong-state');
    given(set)
      .when(timer('RemindOfDeadline', deadlineId), { now: instant('2026-01-01T00:00:00Z') })
      .refused('wrong-state');
  });

  it('does nothing where the work was faster, and after a cancellation', () => {
    for (const end of [met(false), cancelled])
      for (const kind of ['RemindOfDeadline', 'MissDeadline'] as const)
        given(set, end).when(timer(kind, deadlineId), { now: later }).nothing();
  });

  it('does not know a deadline that was never set', () =>
    given(set)
      .when(timer('MissDeadline', idOf('other')), { now: later })
      .refused('unknown'));
});

describe('meeting a deadline', () => {
  it('in time, at the due moment too', () => {
    given(set).when(ask('Meet'), { now: before }).then(finished, met(false));
    given(set).when(ask('Meet'), { now: due }).then(finished, met(false));
  });

  it('late, before the timer has noticed: the miss is recorded first, as of when it was due', () =>
    given(set).when(ask('Meet'), { now: justAfter }).then(finished, missed, met(true)));

  it('late, after the timer has noticed: there is no second miss', () =>
    given(set, missed).when(ask('Meet'), { now: later }).then(finished, met(true)));

  it('GEN-02 by a late entry is late, whatever day it names: it repairs no deadline', () => {
    given(set).when(ask('Meet'), { now: later, occurredAt: before }).then(finished, missed, met(true));
    given(set, missed).when(ask('Meet'), { now: later, occurredAt: before }).then(finished, met(true));
    given(set).when(ask('Meet'), { now: due, occurredAt: before }).then(finished, met(false));
  });

  it('A11 FD-03 is a breach for good once it was missed, and none where it was met in time', () => {
    const breachedAfter = (...history: Event[]) =>
      given(...history)
        .when(ask('Meet'), { now: later })
        .state().deadlines;
    expect(breachedAfter(set, missed)).toMatchObject([{ status: 'met', breached: true }]);
    expect(breachedAfter(set)).toMatchObject([{ status: 'met', breached: true }]);
    expect(given(set).when(ask('Meet'), { now: before }).state().deadlines).toMatchObject([{ status: 'met', breached: false }]);
    expect(given(set, missed).when(ask('Cancel'), { now: later }).state().deadlines).toMatchObject([
      { status: 'cancelled', breached: true },
    ]);
  });

  it('once: what is done again meets nothing', () => given(set, finished, met(false)).when(ask('Meet'), { now: before }).then(finished));
});

describe('cancelling a deadline', () => {
  it('in time leaves no miss', () => given(set).when(ask('Cancel'), { now: before }).then(cancelled));
  it('afterwards records the miss first, unless it was noticed', () => {
    given(set).when(ask('Cancel'), { now: later }).then(missed, cancelled);
    given(set, missed).when(ask('Cancel'), { now: later }).then(cancelled);
  });
  it('that is not there does nothing', () => given().when(ask('Cancel'), { now: before }).nothing());
});

describe('several deadlines of one rule', () => {
  const [one, two] = [idOf('action one'), idOf('action two')];
  const history = [setting(one), setting(two)];

  it('are told apart by what they are about', () => {
    const outcome = given(...history).when(ask('Meet', { about: two }), { now: before });
    expect(outcome.state().deadlines.map(({ about, status }) => [about, status])).toEqual([
      [one, 'open'],
      [two, 'met'],
    ]);
    given(...history)
      .when(ask('Meet'), { now: before })
      .then(finished);
  });

  it('one after the other have ids of their own; the last one counts', () => {
    const again = setting(null, later, [set, finished, met(true)]);
    expect(again.data.deadlineId).not.toBe(deadlineId);
    const state = fold(aggregate, [set, met(true), again] as unknown as Fact<Event>[]);
    expect(pending(state.deadlines, 'EHA-08')?.deadlineId).toBe(again.data.deadlineId);
    expect(pending(state.deadlines, 'EHA-09')).toBeUndefined();
  });

  it('the aggregate’s own events reach its own state, the deadlines’ do not', () =>
    expect(given(set, reminded).when(ask('Meet'), { now: before }).state().subject).toBe(1));
});

describe('any order of commands', () => {
  const moments = [before, due, justAfter, later];
  const step = fc.record({
    kind: fc.constantFrom('RemindOfDeadline', 'MissDeadline', 'Meet', 'Cancel'),
    now: fc.constantFrom(...moments),
    occurredAt: fc.constantFrom(...moments),
  });
  const run = (steps: readonly { kind: string; now: Instant; occurredAt: Instant }[]): Event[] => {
    const log: Event[] = [set];
    for (const { kind, now, occurredAt } of steps) {
      const told = occurredAt < now ? occurredAt : now;
      const command = {
        ...timer('MissDeadline', deadlineId),
        kind,
        meta: meta({ now, occurredAt: told, actor: dana }),
      } as unknown as Asked;
      const decision = aggregate.decide(command, fold(aggregate, log as Fact<Event>[]), null);
      if (decision.outcome === 'accepted') log.push(...decision.events);
    }
    return log;
  };
  const times = (log: readonly Event[], what: string) => log.filter(({ type }) => type === `test.Deadline${what}.v1`).length;

  it('records at most one miss, one reminder and one end, and no miss after the end', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const log = run(steps);
        const end = log.findIndex(({ type }) => type === 'test.DeadlineMet.v1' || type === 'test.DeadlineCancelled.v1');
        expect(times(log, 'Missed')).toBeLessThanOrEqual(1);
        expect(times(log, 'Reminded')).toBeLessThanOrEqual(1);
        expect(times(log, 'Met') + times(log, 'Cancelled')).toBeLessThanOrEqual(1);
        if (end >= 0) expect(times(log.slice(end), 'Missed')).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  it('records the miss whoever notices it first, when the work was done late', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const log = run([
          ...steps.filter(({ kind }) => kind !== 'Meet' && kind !== 'Cancel'),
          { kind: 'Meet', now: later, occurredAt: later },
        ]);
        expect(times(log, 'Missed')).toBe(1);
        expect(log.find(({ type }) => type === 'test.DeadlineMissed.v1')?.occurredAt).toBe(due);
      }),
    );
  });
});

describe('a deadline', () => {
  it('is told in words', () => {
    expect(deadlines.DeadlineSet.tell(set.data as never, {} as never)).toBe(
      'A deadline was set to finish the assessment by 6 April 2026 at 23:59 (EHA-08).',
    );
    expect(deadlines.DeadlineMissed.tell({ ...which, rule: 'TAF-01', dueAt: due }, {} as never)).toContain('do what TAF-01 asks');
    expect(deadlines.DeadlineMet.tell(met(true).data, {} as never)).toContain('late');
  });
});
