import type { Type } from '@nestjs/common';
import type { AccessPolicy, RelationshipKind } from '@waymark/access';
import type { EventStore, Recorded } from '@waymark/event-store';
import type { Aggregate, AnyContract, AnyEventDefinition, Uuid, Workflow } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { DeadlineEvents } from '@waymark/deadlines';
import type { Bus } from '@waymark/messaging';
import type { DocumentRef, Documents, LogReactionDeps, MessageOf, OutgoingMessage, Projection, Reaction } from '@waymark/event-processing';
import type { ConsentDeps, ConsentSource } from '../consent/consent-ledgers.js';
import type { Collection } from '@waymark/read-model';
import type { AnswerSchemas } from '../documentation/answers.js';
import type { Statistic } from '../erasure/statistic.js';

/** Any aggregate; which command, event and state it has is its own affair. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: a list of aggregates of differing commands and states
export type AnyAggregate = Aggregate<any, any, any, PolicyPack>;

/** What a service keeps of others, from their published events. */
export interface ReplicaDefinition<C extends AnyContract = AnyContract> {
  /** `<service>.<what>`: names its consumer group. */
  readonly name: string;
  readonly collections: readonly Collection[];
  readonly takes: readonly C[];
  /** Every contract of the services it listens to that this deployment knows. What it does not take of them passes it by; so does any other, which is counted. */
  readonly outOf: readonly AnyContract[];
  /** The documents that `take` will get, read for all messages of a batch at once. What is left out is read one by one. */
  readonly needs?: (message: MessageOf<C>) => readonly DocumentRef[];
  /** Taking the same message twice gives the same documents. */
  readonly take: (message: MessageOf<C>, documents: Documents) => Promise<void> | void;
  /** Where it keeps relationships: the only kinds that it begins or ends. Of others nothing is missing while it lags or lacks something. */
  readonly relationshipKinds?: readonly RelationshipKind[];
}

/** Names the contracts' types for the message that `take` sees. */
export const replica = <const C extends AnyContract>(definition: ReplicaDefinition<C>): ReplicaDefinition => definition;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: a list of workflows of differing inputs
type AnyWorkflow = Workflow<any, any>;

/** What a workflow takes in: the service's own events, or others' published ones. */
export type WorkflowDefinition =
  | { readonly workflow: AnyWorkflow; readonly over: 'own-events'; readonly handles: readonly AnyEventDefinition[] }
  | {
      readonly workflow: AnyWorkflow;
      readonly over: 'contracts';
      readonly handles: readonly AnyContract[];
      readonly outOf: readonly AnyContract[];
    };

/** What a reaction of a service's own may rest on. */
export interface ReactionDeps {
  readonly log: LogReactionDeps;
  readonly bus: Bus;
}

/** What the count of what is erased rests on. */
export interface CountingDeps {
  readonly store: EventStore;
  /** Whether the erasure of a case or a person was confirmed before. */
  readonly isErased: (subjectId: string) => Promise<boolean>;
}

/** Undefined for what no return counts: an adult, or an id that nobody has. */
export type CountOf = (subjectId: Uuid) => Promise<Statistic | undefined>;

/** A service as the platform composes it: what it owns, publishes, keeps and runs. */
export interface ServiceDefinition {
  /** The context's name: prefix of its streams, event types, collections and routes. */
  readonly name: string;
  readonly module: Type;
  readonly aggregates: readonly AnyAggregate[];
  readonly events: readonly AnyEventDefinition[];
  /** Others' events that it reads in the event log, so that it can run without their owners. It never writes one. */
  readonly reads?: readonly AnyEventDefinition[];
  /** Where aggregates have deadlines. */
  readonly deadlines?: DeadlineEvents;
  readonly publishes: {
    readonly contracts: readonly AnyContract[];
    /** What others learn of an event, in this order: nothing, or one message of each contract that reports it. */
    readonly publish: (event: Recorded) => readonly OutgoingMessage[];
  };
  /** Where the service finds what families agreed to; left out where nothing depends on it. */
  readonly consent?: (deps: ConsentDeps) => ConsentSource;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: a list of projections of differing events
  readonly projections: readonly Projection<any>[];
  readonly replicas: readonly ReplicaDefinition[];
  readonly workflows: readonly WorkflowDefinition[];
  /** Reactions of kinds of its own, named `<service>.<name>`: started, stopped, watched and replayed like all others. */
  readonly reactions?: (deps: ReactionDeps) => readonly Reaction[];
  /** What stays countable of a case or a child who is erased, read before that; given by the one service that reads everybody's record. */
  readonly countsErased?: (deps: CountingDeps) => CountOf;
  /** What its routes do and show beyond the policy of the practice. */
  readonly access?: AccessPolicy;
  /** What its queries answer, for the description of the API: made by `npx nx answers tools`. */
  readonly answers?: AnswerSchemas;
}
