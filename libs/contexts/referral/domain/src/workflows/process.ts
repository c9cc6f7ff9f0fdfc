import type { CaseId, DomainEvent, Issue, Workflow, WorkflowInput } from '@waymark/kernel';

/** A workflow's memory where there is nothing to remember. */
export type NoMemory = Readonly<Record<string, never>>;

/** What a step asks for; nothing where the event calls for nothing. */
type Step<I extends DomainEvent> = (input: WorkflowInput<I>, caseId: CaseId) => Issue | undefined;

/** A workflow about one contact, each step of which follows from one event alone. */
export const processOf = <I extends DomainEvent<string, { readonly contactId: string }>>(
  name: string,
  listensTo: readonly I['type'][],
  step: Step<I>,
): Workflow<I, NoMemory> => ({
  name,
  instance: (input) => (listensTo.includes(input.type) ? input.data.contactId : null),
  initial: {},
  react: (state, input) => {
    const issue = input.caseId === null ? undefined : step(input, input.caseId);
    return { state, issues: issue ? [issue] : [] };
  },
});
