import type { CaseDocument, CaseSummary } from './case-document.js';
import { stageWords } from './stage.js';

/** A case as the API shows it: the stage in words beside its code. */
export interface CaseView extends CaseSummary {
  readonly stageInWords: string;
}

export interface CaseList {
  readonly items: readonly CaseView[];
  /** Absent on the last page. */
  readonly next?: string;
}

export const viewOf = ({ searchWords: _, ...document }: CaseDocument): CaseView => {
  const summary = document as CaseSummary;
  return { ...summary, stageInWords: summary.stage === null ? 'Not known' : stageWords[summary.stage] };
};
