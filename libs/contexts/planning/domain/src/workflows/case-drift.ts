import type { Uuid, Workflow, WorkflowInput } from '@waymark/kernel';
import type { PlanEvent } from '../plan/events.js';
import type { TafEvent } from '../taf/events.js';
import { issue } from './issue.js';

type Input = Extract<
  PlanEvent | TafEvent,
  {
    type:
      | 'planning.ReviewWindowSet.v1'
      | 'planning.MeetingsStoodDown.v1'
      | 'planning.ActionAgreed.v1'
      | 'planning.ActionCompleted.v1'
      | 'planning.ActionEnded.v1'
      | 'planning.PlanStoodDown.v1'
      | 'planning.DeadlineMissed.v1';
  }
>;

// A type, not an interface: a workflow's memory is a record of plain values.
type Drift = {
  readonly episodeId: Uuid | null;
  readonly drifting: boolean;
  readonly openActions: number;
};

/** EP-02: a case that drifts (TAF-02) with nothing left to do in its plan has its closing prompted. */
export const caseDrift: Workflow<Input, Drift> = {
  name: 'case-drift',
  instance: ({ caseId }) => caseId,
  initial: { episodeId: null, drifting: false, openActions: 0 },
  react: (before, input) => {
    const state = remember(before, input);
    const { episodeId, drifting, openActions } = state;
    const wasIdle = before.drifting && before.openActions === 0;
    const isIdle = drifting && openActions === 0;
    return {
      state,
      issues:
        isIdle && !wasIdle && episodeId && input.caseId
          ? [issue('planning.episode', { kind: 'PromptClosing', caseId: input.caseId, episodeId })]
          : [],
    };
  },
};

const remember = (state: Drift, input: WorkflowInput<Input>): Drift => {
  switch (input.type) {
    case 'planning.ReviewWindowSet.v1':
      return { ...state, episodeId: input.data.episodeId, drifting: false };
    case 'planning.MeetingsStoodDown.v1':
      return { ...state, drifting: false };
    case 'planning.ActionAgreed.v1':
      return { ...state, openActions: state.openActions + 1 };
    case 'planning.ActionCompleted.v1':
    case 'planning.ActionEnded.v1':
      return { ...state, openActions: Math.max(0, state.openActions - 1) };
    case 'planning.PlanStoodDown.v1':
      return { ...state, openActions: 0 };
    case 'planning.DeadlineMissed.v1':
      return input.data.rule === 'TAF-02' ? { ...state, drifting: true } : state;
    default:
      return state;
  }
};
