import type { Type } from '@nestjs/common';
import type { Recorded } from '@waymark/event-store';
import type { Aggregate, AnyContract, AnyEventDefinition, Workflow } from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { CopyDefinition, ProjectionDefinition } from '@waymark/reactions';

/** Any aggregate; which command, event and state it has is its own affair. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: a list of aggregates of differing commands and states
export type AnyAggregate = Aggregate<any, any, any, PolicyPack>;

/** What a translator makes of a domain event: a published one, or nothing to tell. */
export interface Published {
  readonly type: string;
  readonly data: unknown;
}

export interface WorkflowDefinition {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: a list of workflows of differing inputs
  readonly workflow: Workflow<any, any>;
  /** What it takes in: the service's own events, or others' published ones. */
  readonly over: 'own-events' | 'contracts';
  readonly types: readonly string[];
}

/** A service as the platform composes it: what it owns, publishes, keeps and runs. */
export interface ServiceDefinition {
  /** The context's name: prefix of its streams, event types, collections and routes. */
  readonly name: string;
  readonly module: Type;
  readonly aggregates: readonly AnyAggregate[];
  readonly events: readonly AnyEventDefinition[];
  readonly publishes: { readonly contracts: readonly AnyContract[]; readonly translate: (event: Recorded) => Published | undefined };
  readonly projections: readonly ProjectionDefinition[];
  readonly copies: readonly CopyDefinition[];
  readonly workflows: readonly WorkflowDefinition[];
}
