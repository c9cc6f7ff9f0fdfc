import { expect } from '@jest/globals';
import {
  fold,
  isErased,
  type AnyEventDefinition,
  type AnyCommand,
  type CommandMeta,
  type Decider,
  type Decision,
  type DomainEvent,
  type Fact,
  type Intent,
  type Refused,
} from '@waymark/kernel';
import { meta } from './command.js';

/** An event of the past, with when and by whom where that matters. */
export type Past<E extends DomainEvent> = E & Partial<Pick<Fact, 'occurredAt' | 'actor'>>;

interface Outcome<E extends DomainEvent, S> {
  /** Exactly these events, in order, no more and no fewer. */
  then(...expected: readonly E[]): void;
  /** Accepted, with at least these events. */
  including(...expected: readonly E[]): void;
  /** Accepted, and nothing happens. */
  nothing(): void;
  /** Refused by the rule, or for the reason when no rule of the practice is at stake. */
  refused(ruleOrReason: string, details?: Partial<Pick<Refused, 'field' | 'see'>>): void;
  /** The state afterwards, for what events alone do not show. */
  state(): S;
  decision(): Decision<E>;
}

/**
 * Given what happened, when something is asked, then this follows.
 * Every event of a scenario, given or decided, is checked against its definition, so that a test never rests on an event that could not exist.
 */
export const specification = <C extends AnyCommand, E extends DomainEvent, S, Pack>(
  decider: Decider<C, E, S, Pack> & { readonly events?: readonly AnyEventDefinition[] },
  pack: Pack,
) => {
  const check = (event: DomainEvent) => {
    const definition = decider.events?.find(({ type }) => type === event.type);
    if (decider.events && !definition) throw new Error(`the aggregate does not list ${event.type}`);
    const parsed = definition?.schema.safeParse(event.data);
    if (parsed && !parsed.success) throw new Error(`${event.type} cannot be: ${JSON.stringify(parsed.error.issues, null, 1)}`);
  };
  const facts = (events: readonly Past<E>[], defaults: CommandMeta): Fact<E>[] =>
    events.map((event) => ({ occurredAt: defaults.occurredAt, actor: defaults.actor, ...event }));

  return {
    given: (...history: readonly Past<E>[]) => ({
      when: (intent: Intent<C>, surroundings: Partial<CommandMeta> = {}): Outcome<E, S> => {
        history.forEach(check);
        const command = { ...intent, meta: meta(surroundings) } as unknown as C;
        const before = fold(decider, facts(history, command.meta));
        const decision = decider.decide(command, before, pack);
        if (decision.outcome === 'accepted') decision.events.forEach(check);
        const accepted = () => {
          if (decision.outcome === 'refused') throw new Error(`refused: ${decision.rule ?? decision.reason}: ${decision.message}`);
          return decision.events;
        };
        return {
          then: (...expected) => expect(accepted()).toEqual(expected),
          including: (...expected) => expect(accepted()).toEqual(expect.arrayContaining([...expected])),
          nothing: () => expect(accepted()).toEqual([]),
          refused: (ruleOrReason, details = {}) => {
            if (decision.outcome === 'accepted')
              throw new Error(`accepted, with ${decision.events.map(({ type }) => type).join(', ') || 'no events'}`);
            expect(decision).toMatchObject(details);
            expect(decision.rule ?? decision.reason).toBe(ruleOrReason);
            expect(decision.message.length).toBeGreaterThan(20);
          },
          state: () => fold({ ...decider, initial: before }, facts(accepted(), command.meta)),
          decision: () => decision,
        };
      },
    }),
  };
};

export const containsErased = (value: unknown): boolean =>
  isErased(value) || (typeof value === 'object' && value !== null && Object.values(value).some(containsErased));
