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
export const refusalProblem = ({ outcome: _outcome, reason, message, ...details }: Refused): Problem => {
  const { rule } = details;
  const status = statusOfRule[reason];
  return rule && status
    ? ruleProblem([status, rule, rules[rule]?.title ?? 'A rule of the practice'], message, details)
    : problem(kindOf(reason, details.field), message, details);
};

/** Where a rule is named with it: broken by the command, or kept by what is recorded already. */
const statusOfRule: Readonly<Partial<Record<RefusalReason, 422 | 409>>> = { rule: 422, 'wrong-state': 409 };

/** What the body names and is not there is the body's fault; what the address names is not found. */
const kindOf = (reason: RefusalReason, field: string | undefined): ProblemKind => {
  if (reason === 'unknown' && field) return unknownValue;
  return kinds[reason === 'rule' ? 'invalid' : reason];
};
