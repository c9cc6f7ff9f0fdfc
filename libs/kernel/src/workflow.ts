import type { DomainEvent, Fact } from './event.js';
import type { CaseId, Uuid } from './ids.js';

/** The memory of a workflow: ids, codes and dates only, so that it can be kept in clear. */
export type WorkflowState = Readonly<Record<string, string | number | boolean | null>>;

/** An event or a published message that a workflow takes in. */
export type WorkflowInput<E extends DomainEvent = DomainEvent> = Fact<E> & { readonly id: Uuid; readonly caseId: CaseId | null };

/** A command for an aggregate, by its name and id. */
export interface Issue {
  readonly aggregate: `${string}.${string}`;
  readonly id: string;
  readonly command: { readonly kind: string; readonly caseId: CaseId | null };
  /**
   * True where it completes what the input's own command began. It is that command carried on to one more aggregate, with its id, its actor and its
   * moment: whether the request gets to it or the workflow, the record is the same. The platform's own doing otherwise.
   */
  readonly continuesCommand?: true;
}

/**
 * A process that outlives one command: which instance an input belongs to, what it remembers, what it asks for.
 * Pure. The platform keeps its memory in a stream of its own and derives the ids of the commands from the input.
 */
export interface Workflow<I extends DomainEvent, S extends WorkflowState> {
  readonly name: string;
  /** The instance that an input belongs to, or null when it does not concern the workflow. */
  readonly instance: (input: WorkflowInput<I>) => string | null;
  readonly initial: S;
  readonly react: (state: S, input: WorkflowInput<I>) => { readonly state: S; readonly issues: readonly Issue[] };
}
