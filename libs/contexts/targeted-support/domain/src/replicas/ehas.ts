import type { Instant, Uuid } from '@waymark/kernel';
import type { EhaInEvidence, EvidencedNeed } from '../request/evidence.js';
import { isRepeat, type AtPosition, type Replica } from './seen.js';

/** What assessment publishes about a case's assessments. */
export type EhaMessage = AtPosition & { readonly ehaId: Uuid } & (
    | { readonly kind: 'assessment-completed'; readonly completedAt: Instant; readonly needs: readonly EvidencedNeed[] }
    | { readonly kind: 'assessment-accepted' | 'assessment-returned' | 'assessment-escalated' | 'assessment-closed' }
    | {
        readonly kind: 'assessment-updated';
        readonly updatedAt: Instant;
        readonly needs: readonly EvidencedNeed[];
      }
  );

/** A case's completed assessments that are not closed, in the order of their completion. */
export interface EhaReplica extends Replica {
  readonly ehas: readonly EhaInEvidence[];
}

export const noEha: EhaReplica = { seenUpTo: null, ehas: [] };

export const foldEha = (copy: EhaReplica, message: EhaMessage): EhaReplica =>
  isRepeat(copy, message) ? copy : { seenUpTo: message.position, ehas: after(copy.ehas, message) };

const after = (ehas: readonly EhaInEvidence[], message: EhaMessage): readonly EhaInEvidence[] => {
  const { ehaId } = message;
  const others = ehas.filter((eha) => eha.ehaId !== ehaId);
  const change = (to: Partial<EhaInEvidence>) => ehas.map((eha) => (eha.ehaId === ehaId ? { ...eha, ...to } : eha));
  switch (message.kind) {
    case 'assessment-completed': {
      // FD-07: every completion, a repeated one after a return too, awaits the hub's checks anew.
      const { completedAt, needs } = message;
      return [...others, { ehaId, completedAt, updatedAt: null, accepted: false, needs }];
    }
    case 'assessment-accepted':
      return change({ accepted: true });
    case 'assessment-returned':
    case 'assessment-escalated':
      return change({ accepted: false });
    case 'assessment-updated':
      return change({ updatedAt: message.updatedAt, needs: message.needs });
    case 'assessment-closed':
      return others;
  }
};

/** The assessment that a request rests on: the latest one. */
export const latestEha = ({ ehas }: EhaReplica): EhaInEvidence | null => ehas.at(-1) ?? null;
