import type { Refused, RefusalReason } from '@waymark/kernel';
import { rules } from '@waymark/policy';
import { problem, ruleProblem, type Problem, type ProblemKind } from './problem.js';

const kinds: Readonly<Record<Exclude<RefusalReason, 'rule'>, ProblemKind>> = {
  unknown: [404, 'not-found', 'Not found'],
  'not-permitted': [403, 'not-permitted', 'Not permitted'],
  'wrong-state': [409, 'wrong-state', 'Not possible now'],
  invalid: [422, 'invalid-value', 'This cannot be so'],
};
const unknownValue: ProblemKind = [422, 'unknown-value', 'There is no such thing'];

/**
 * How a domain's refusal is answered over HTTP: 403 not by this actor, 404 what the address names is not there, 409 not in the state that is recorded,
 * 422 a rule of the practice, or a value that cannot be so or is not there. (400 is what cannot be read; 412 and 428 are about If-Match.)
 */
// eslint-disable-next-line complexity -- branches of one decision that are read together
export const refusalProblem = ({ outcome: _outcome, reason, message, ...details }: Refused): Problem => {
  const { rule, field } = details;
  if (rule && (reason === 'rule' || reason === 'wrong-state'))
    return ruleProblem(rule, rules[rule]?.title ?? 'A rule of the practice', message, details, reason === 'rule' ? 422 : 409);
  if (reason === 'rule') return problem(kinds.invalid, message, details);
  // What the body names and is not there is the body's fault; what the address names is not found.
  return problem(reason === 'unknown' && field ? unknownValue : kinds[reason], message, details);
};
