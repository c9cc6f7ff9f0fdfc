import type { Uuid } from '@waymark/kernel';
import { isCoded, type PolicyPack } from '@waymark/policy';
import type { TriageOutcome } from '../outcomes.js';
import type { Judgement } from './commands.js';
import { AssessmentSuggested, SocialCareReferralPrompted, type ContactEvent } from './events.js';

/** What a threshold judgement calls for (FD-09, FD-10). Prompts: they never refuse and never decide. */
export const promptsOf = (
  contactId: Uuid,
  outcome: TriageOutcome,
  threshold: Judgement | null,
  { thresholdIndicators }: PolicyPack,
): readonly ContactEvent[] => {
  if (threshold === null || outcome === 'childrens-social-care') return [];
  const specialist = threshold.indicators.filter((indicator) => isCoded(thresholdIndicators.specialist, indicator));
  const expectation = expectationOf(threshold);
  return [
    ...(specialist.length > 0 ? [SocialCareReferralPrompted({ contactId, indicators: specialist })] : []),
    ...(expectation ? [AssessmentSuggested({ contactId, expectation })] : []),
  ];
};

const expectationOf = ({ level, topOfLevel }: Judgement): 'expected' | 'possible' | undefined => {
  if (level === 'targeted') return 'expected';
  return level === 'universal' && topOfLevel ? 'possible' : undefined;
};
