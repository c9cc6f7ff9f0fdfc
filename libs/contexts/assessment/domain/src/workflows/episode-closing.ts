import type { CaseId, DomainEvent, Intent, Uuid, Workflow } from '@waymark/kernel';
import type { CloseAssessment } from '../family/decide.js';
import { family } from '../family/family.js';

interface About {
  readonly caseId: CaseId;
  readonly episodeId: Uuid;
}

/** What assessment takes from planning's published events. */
export type EpisodeMessage =
  | DomainEvent<'earlyhelp.planning.episode-opened.v1', About & { readonly ehaId: Uuid }>
  | DomainEvent<'earlyhelp.planning.episode-closed.v1' | 'earlyhelp.planning.episode-closed.v2', About>;

// A type, not an interface: a workflow's memory is a record of plain values.
type Memory = { readonly ehaId: Uuid | null };

/** With its episode a family's assessment closes; the next one may then be opened (EHA-03). */
export const episodeClosing: Workflow<EpisodeMessage, Memory> = {
  name: 'episode-closing',
  instance: ({ data }) => data.episodeId,
  initial: { ehaId: null },
  react: (state, { type, data }) => {
    if (type === 'earlyhelp.planning.episode-opened.v1') return { state: { ehaId: data.ehaId }, issues: [] };
    const { caseId } = data;
    if (state.ehaId === null) return { state, issues: [] };
    const command: Intent<CloseAssessment> = { kind: 'CloseAssessment', caseId, ehaId: state.ehaId, reason: 'episode-closed' };
    return { state, issues: [{ aggregate: family.name, id: caseId, command }] };
  },
};
