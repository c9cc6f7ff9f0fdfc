import {
  accept,
  check,
  conflict,
  never,
  notPermitted,
  wrongState,
  type Command,
  type Decision,
  type Fact,
  type Instant,
  type PersonId,
  type Policy,
  type Role,
  type Uuid,
} from '@waymark/kernel';
import type { PolicyPack } from '@waymark/policy';
import type { ConsentEvidence, Professional } from '../common/parts.js';
import { consentPolicies } from '../common/taking-part.js';
import { AssessmentClosed, AssessmentOpened, type ClosingReason, type FamilyEvent } from './events.js';

export interface OpenAssessment extends Command<'OpenAssessment'> {
  readonly ehaId: Uuid;
  /** EHA-02: of any partner agency; Lead Professional until the first TAF. */
  readonly initiator: Professional;
  readonly evidence: ConsentEvidence;
}

export interface CloseAssessment extends Command<'CloseAssessment'> {
  readonly ehaId: Uuid;
  readonly reason: ClosingReason;
}

export type FamilyCommand = OpenAssessment | CloseAssessment;

/** Which assessment of the family is open (EHA-03). */
export type Family =
  | { readonly status: 'without-assessment'; readonly closed: readonly Uuid[] }
  | {
      readonly status: 'under-assessment';
      readonly ehaId: Uuid;
      readonly leadProfessional: Professional;
      readonly openedAt: Instant;
      /** Whose consent it was opened on; null only where the record has none. */
      readonly consentGiver: PersonId | null;
      readonly closed: readonly Uuid[];
    };

export const noAssessment: Family = { status: 'without-assessment', closed: [] };

type OfOpening = Policy<OpenAssessment, Family, PolicyPack>;

const outsiders: readonly Role[] = ['public', 'auditor'];

/** EHA-02: a professional of any partner agency, and nobody else. */
export const initiatorIsProfessional: OfOpening = ({ meta }) =>
  outsiders.includes(meta.actor.role)
    ? { ...notPermitted('An assessment is opened by a professional of a partner agency.'), rule: 'EHA-02' }
    : undefined;

/** EHA-03: one family, one assessment, one plan. */
export const oneOpenAssessment: OfOpening = (_command, family) =>
  family.status === 'under-assessment'
    ? conflict('EHA-03', 'The family has an open assessment: contribute to that one.', {
        field: 'ehaId',
        see: { kind: 'assessment', id: family.ehaId },
      })
    : undefined;

const openingPolicies: readonly OfOpening[] = [initiatorIsProfessional, oneOpenAssessment, ...consentPolicies];

export const decide = (command: FamilyCommand, family: Family, pack: PolicyPack): Decision<FamilyEvent> => {
  switch (command.kind) {
    case 'OpenAssessment':
      return open(command, family, pack);
    case 'CloseAssessment':
      return close(command, family);
    default:
      return never(command);
  }
};

const open = (command: OpenAssessment, family: Family, pack: PolicyPack): Decision<FamilyEvent> => {
  const { ehaId, initiator, evidence } = command;
  if (family.closed.includes(ehaId))
    return wrongState('This assessment was closed: open another one, under its own id.', { field: 'ehaId' });
  return check(openingPolicies, command, family, pack) ?? accept(AssessmentOpened({ ehaId, leadProfessional: initiator, evidence }));
};

/** Whoever comes second finds it closed: nothing is left to do. */
const close = ({ ehaId, reason }: CloseAssessment, family: Family): Decision<FamilyEvent> => {
  if (family.closed.includes(ehaId)) return accept();
  return family.status === 'under-assessment' && family.ehaId === ehaId
    ? accept(AssessmentClosed({ ehaId, reason }))
    : wrongState('This assessment is not open for the family.', { field: 'ehaId' });
};

export const evolve = (family: Family, event: Fact<FamilyEvent>): Family => {
  switch (event.type) {
    case 'assessment.AssessmentOpened.v1': {
      const { ehaId, leadProfessional, evidence } = event.data;
      const consentGiver = evidence.takingPart?.giver ?? null;
      return { status: 'under-assessment', ehaId, leadProfessional, openedAt: event.occurredAt, consentGiver, closed: family.closed };
    }
    case 'assessment.AssessmentClosed.v1':
      return { status: 'without-assessment', closed: [...family.closed, event.data.ehaId] };
    default:
      return never(event);
  }
};
