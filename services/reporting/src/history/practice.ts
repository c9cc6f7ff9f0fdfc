import type { AnyEventDefinition, DomainEvent, Fact, StreamName } from '@waymark/kernel';
import * as assessment from '@waymark/assessment-domain';
import * as planning from '@waymark/planning-domain';
import * as referral from '@waymark/referral-domain';
import * as targetedSupport from '@waymark/targeted-support-domain';

/** What it takes to fold an aggregate's stream; its commands are its own service's affair. */
export interface Foldable {
  readonly name: `${string}.${string}`;
  readonly events: readonly AnyEventDefinition[];
  readonly initial: unknown;
  readonly evolve: (state: never, event: Fact<DomainEvent & never>) => unknown;
}

/** What the contexts' pure libraries say of their events and aggregates. */
export class Practice {
  readonly #definitions: ReadonlyMap<string, AnyEventDefinition>;
  readonly #aggregates: readonly Foldable[];

  constructor(aggregates: readonly Foldable[]) {
    // The longest name first: `assessment.eha-check-1` belongs to `eha-check` where there is one, not to `eha`.
    this.#aggregates = aggregates.toSorted((a, b) => b.name.length - a.name.length);
    this.#definitions = new Map(aggregates.flatMap(({ events }) => events.map((definition) => [definition.type, definition] as const)));
  }

  get types(): readonly string[] {
    return [...this.#definitions.keys()];
  }

  definitionOf(type: string): AnyEventDefinition | undefined {
    return this.#definitions.get(type);
  }

  /** The aggregate that owns a stream; undefined for the streams of reactions and for what a newer version wrote. */
  aggregateOf(stream: StreamName): Foldable | undefined {
    return this.#aggregates.find(({ name }) => stream.startsWith(`${name}-`));
  }
}

const isAggregate = (exported: unknown): exported is Foldable =>
  typeof exported === 'object' && exported !== null && ['name', 'events', 'initial', 'decide', 'evolve'].every((part) => part in exported);

/** Whatever the four contexts export that is an aggregate, so that a new one cannot be forgotten here. */
export const practiceOf = (...contexts: readonly object[]): Practice =>
  new Practice(contexts.flatMap((context) => Object.values(context).filter(isAggregate)));

export const thePractice = (): Practice => practiceOf(referral, assessment, planning, targetedSupport);
