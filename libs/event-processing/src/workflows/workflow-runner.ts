import { WrongExpectedVersion, type EventStore, type Recorded } from '@waymark/event-store';
import {
  count,
  defineEvent,
  derivedId,
  handle,
  open,
  Uuid,
  type Actor,
  type AnyEventDefinition,
  type DomainEvent,
  type Envelope,
  type Issue,
  type StreamName,
  type Workflow,
  type WorkflowInput,
  type WorkflowState,
} from '@waymark/kernel';
import { z } from 'zod';
import { splitName } from '../core/dead-letter.js';
import { ReactionFailure } from '../core/failure.js';

/** An id, a code or a date: no room for free text. */
const word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:+-]{0,80}$/);

/** The memory of a service's workflows. Ids, codes and dates only, so that it stays in clear. */
export const workflowAdvanced = <const S extends string>(service: S) =>
  defineEvent(
    `${service}.WorkflowAdvanced.v1`,
    {
      workflow: handle(),
      inputId: Uuid,
      inputType: handle(),
      /** How many commands it asked for. */ issued: count(),
      state: open(z.record(word, z.union([word, z.number(), z.boolean(), z.null()]))),
    },
    ({ workflow, inputType }) => `The process "${workflow}" took note of ${inputType}.`,
  );

/** An input with what its commands need to be traced back. */
export type TracedInput<I extends DomainEvent = DomainEvent> = WorkflowInput<I> & {
  readonly correlationId: Uuid;
  /** Of a message: the event that it publishes, to which commands are traced back. */
  readonly eventId?: Uuid;
  /** The command that it came of; a message does not tell. */
  readonly of?: Asked;
};
type Asked = Pick<Recorded, 'commandId' | 'causationId' | 'occurredAt' | 'actor' | 'purpose'>;

/** Which command it is and what it goes back to; the dispatcher adds the moment. */
export interface IssueMeta {
  /** The same each time the same input issues it. */
  readonly commandId: Uuid;
  readonly correlationId: Uuid;
  readonly causationId: Uuid;
  /** Who asked for it, when and what for; the platform does it of its own where there is none. */
  readonly asker?: Pick<Envelope, 'actor' | 'purpose' | 'occurredAt'>;
}

/** Carries a command out; resolves when it is committed or was before. A refusal it cannot live with it throws. */
export type Dispatch = (issue: Issue, meta: IssueMeta) => Promise<void>;

export interface WorkflowRunnerOptions<I extends DomainEvent, S extends WorkflowState> {
  readonly service: string;
  readonly workflow: Workflow<I, S>;
  readonly store: EventStore;
  readonly dispatch: Dispatch;
  /** What the memory's events say of who and under which policy. */
  readonly envelope: Pick<Envelope, 'actor' | 'purpose' | 'policy'>;
}

interface Reacted<S> {
  readonly state: S;
  readonly issues: readonly Issue[];
}
interface Memory<S> {
  readonly state: S;
  readonly version: number;
}

const racesPerInput = 5;

/**
 * Runs a workflow: remembers first, then dispatches. An input that comes again finds its memory committed, reacts from the memory as it was then (`react` is pure)
 * and dispatches the same commands under the same ids, so a crash in between loses none and doubles none.
 */
export class WorkflowRunner<I extends DomainEvent, S extends WorkflowState> {
  readonly name: string;
  private readonly advanced: AnyEventDefinition;

  constructor(private readonly options: WorkflowRunnerOptions<I, S>) {
    this.name = `${options.service}.${options.workflow.name}`;
    splitName(this.name);
    this.advanced = workflowAdvanced(options.service);
  }

  get actor(): Actor {
    return this.options.envelope.actor;
  }

  async take(input: TracedInput<I>): Promise<void> {
    const { workflow, service } = this.options;
    const instance = workflow.instance(input);
    if (instance === null) return;
    const stream: StreamName = `${service}.workflow-${workflow.name}-${instance}`;
    const issues = await this.remember(stream, input);
    const traced = { correlationId: input.correlationId, causationId: input.eventId ?? input.id };
    for (const [index, issue] of issues.entries()) {
      const commandId = derivedId('issue', this.name, instance, input.id, String(index));
      await this.options.dispatch(issue, issue.continuesCommand ? this.carriedOn(input) : { ...traced, commandId });
    }
  }

  private carriedOn({ type, of, correlationId }: TracedInput<I>): IssueMeta {
    if (!of) throw new ReactionFailure(`${this.name}: ${type} does not say of which command it came; none can be carried on from it`);
    const { commandId, causationId, actor, purpose, occurredAt } = of;
    return { commandId, correlationId, causationId, asker: { actor, purpose, occurredAt } };
  }

  private async remember(stream: StreamName, input: TracedInput<I>): Promise<readonly Issue[]> {
    const commandId = derivedId('advance', this.name, input.id);
    for (let race = 1; ; race += 1) {
      const before = await this.options.store.committed(stream, commandId);
      const memory = await this.recall(stream, before && before.first - 1);
      const reacted = this.options.workflow.react(memory.state, input);
      if (before) return reacted.issues;
      // An input that changes nothing is remembered too: otherwise it would be judged anew, by a later memory, when it comes again.
      try {
        await this.options.store.append(stream, memory.version || 'none', [this.event(input, reacted, commandId)], commandId);
        return reacted.issues;
      } catch (error) {
        if (!(error instanceof WrongExpectedVersion) || race >= racesPerInput) throw error;
      }
    }
  }

  private event(input: TracedInput<I>, { state, issues }: Reacted<S>, commandId: Uuid) {
    const { workflow, envelope } = this.options;
    const data = { workflow: workflow.name, inputId: input.id, inputType: input.type, issued: issues.length, state };
    const id = derivedId('advanced', commandId);
    return {
      ...this.advanced(data),
      ...envelope,
      id,
      caseId: input.caseId,
      occurredAt: input.occurredAt,
      correlationId: input.correlationId,
      causationId: input.eventId ?? input.id,
    };
  }

  /** The memory as it was after a version; the last one holds all of it. */
  private async recall(stream: StreamName, upTo?: number): Promise<Memory<S>> {
    let memory: Memory<S> = { state: this.options.workflow.initial, version: 0 };
    if (upTo === 0) return memory;
    const range = upTo === undefined ? undefined : { from: upTo, to: upTo };
    for await (const page of this.options.store.read(stream, range)) {
      const last = page.at(-1);
      if (last) memory = { state: (last.data as { state: S }).state, version: last.version };
    }
    return memory;
  }
}
