import type { Refused, RefusalReason } from '@waymark/kernel';
import { rules } from '@waymark/policy';
import { problem, ruleProblem, type Problem, type ProblemKind } from './problem.js';

const kinds: Readonly<Record<Exclude<RefusalReason, 'rule'>, ProblemKind>> = {
  unknown: [404, 'not-found', 'Not found'],
  'not-permitted': [403, 'not-permitted', 'Not permitted'],
  'wrong-state': [409, 'wrong-state', 'Not possible now'],
};
const unknownValue: ProblemKind = [422, 'unknown-value', 'There is no such thing'];

/** How a domain's refusal is answered over HTTP. */
export const refusalProblem = ({ outcome: _outcome, reason, message, ...details }: Refused): Problem => {
  const { rule, field } = details;
  if (reason === 'rule' && rule) return ruleProblem(rule, rules[rule]?.title ?? 'A rule of the practice', message, details);
  if (reason === 'rule') return problem(kinds['wrong-state'], message, details);
  // What the body names and is not there is the body's fault; what the address names is not found.
  return problem(reason === 'unknown' && field ? unknownValue : kinds[reason], message, details);
};
