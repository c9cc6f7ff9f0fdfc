import type { AnyEventDefinition, DomainEvent, Fact, StreamName } from '@waymark/kernel';
import { workflowAdvanced } from '@waymark/event-processing';
import * as assessment from '@waymark/assessment-domain';
import * as planning from '@waymark/planning-domain';
import * as referral from '@waymark/referral-domain';
import * as targetedSupport from '@waymark/targeted-support-domain';

/** What it takes to fold an aggregate's stream; its commands are its own service's affair. */
export interface Foldable {
  readonly name: `${string}.${string}`;
  readonly events: readonly AnyEventDefinition[];
  readonly initial: unknown;
  readonly evolve: (state: never, event: never) => unknown;
}

/** What the contexts' pure libraries say of their events and aggregates. */
export class DomainCatalogue {
  readonly #definitions: ReadonlyMap<string, AnyEventDefinition>;
  readonly #aggregates: readonly Foldable[];

  constructor(aggregates: readonly Foldable[]) {
    // The longest name first: `assessment.eha-check-1` belongs to `eha-check` where there is one, not to `eha`.
    this.#aggregates = aggregates.toSorted((a, b) => b.name.length - a.name.length);
    this.#definitions = new Map(aggregates.flatMap(({ events }) => events.map((definition) => [definition.type, definition] as const)));
  }

  /** Every event that one of the aggregates can write. */
  get definitions(): readonly AnyEventDefinition[] {
    return [...this.#definitions.values()];
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

/** Whatever a context exports that is an aggregate, so that a new one cannot be forgotten here. */
export const aggregatesIn = (...contexts: readonly object[]): readonly Foldable[] =>
  contexts.flatMap((context) => Object.values(context).flatMap((exported) => (isAggregate(exported) ? [exported] : [])));

const contexts = { referral, assessment, planning, 'targeted-support': targetedSupport };

/** Streams in which the platform keeps what a process remembers; their last event holds all of it. */
const processMemory = (service: string): Foldable => ({
  name: `${service}.workflow`,
  events: [workflowAdvanced(service)],
  initial: null,
  evolve: (_: never, { data }: Fact<DomainEvent>) => (data as { readonly state: unknown }).state,
});

/** The contexts' aggregates, without what reactions keep. */
export const practiceOfTheContexts = (): DomainCatalogue => new DomainCatalogue(aggregatesIn(...Object.values(contexts)));

/** Everything that can stand in a case's record. */
export const thePractice = (): DomainCatalogue =>
  new DomainCatalogue([...aggregatesIn(...Object.values(contexts)), ...Object.keys(contexts).map((service) => processMemory(service))]);

/** Whether a stream is the platform's own notebook rather than a record of the practice. */
export const isProcessMemory = (stream: StreamName): boolean => /^[a-z-]+\.workflow-/.test(stream);
