import type { Workflow } from '@waymark/kernel';
import type { EpisodeEvent } from '../episode/events.js';
import { issue } from './issue.js';

type Input = Extract<EpisodeEvent, { type: 'planning.EpisodeClosed.v1' | 'planning.EpisodeReopened.v1' }>;

/** A closed episode has no meeting and no action due; a reopened one has meetings due again. */
export const caseClosing: Workflow<Input, Record<string, never>> = {
  name: 'case-closing',
  instance: ({ data }) => data.episodeId,
  initial: {},
  react: (state, { type, data: { episodeId }, caseId, occurredAt }) => {
    if (!caseId) return { state, issues: [] };
    const issues =
      type === 'planning.EpisodeClosed.v1'
        ? [
            issue('planning.taf', { kind: 'StandDownMeetings', caseId, episodeId }),
            issue('planning.plan', { kind: 'StandDownPlan', caseId, episodeId }),
          ]
        : [issue('planning.taf', { kind: 'TakeUpMeetings', caseId, episodeId, reopenedAt: occurredAt })];
    return { state, issues };
  },
};
