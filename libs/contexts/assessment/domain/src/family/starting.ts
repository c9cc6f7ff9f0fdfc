import type { CaseId, Intent } from '@waymark/kernel';
import type { StartEha } from '../eha/commands.js';
import type { Family } from './decide.js';

/** The start that a family's open assessment asks for; undefined where none is open. */
export const startOf = (family: Family, caseId: CaseId): Intent<StartEha> | undefined => {
  if (family.status !== 'under-assessment' || family.consentGiver === null) return undefined;
  const { ehaId, leadProfessional, openedAt, consentGiver } = family;
  return { kind: 'StartEha', caseId, ehaId, leadProfessional, openedAt, consentGiver };
};
