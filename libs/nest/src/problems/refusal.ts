import type { Refused } from '@waymark/kernel';
import { rules } from '@waymark/policy';
import { problem, ruleProblem, type Problem } from './problem.js';

/** How a domain's refusal is answered over HTTP. */
export const refusalProblem = ({ reason, rule, message, field, see }: Refused): Problem => {
  const extra = { ...(field ? { field } : {}), ...(see ? { see } : {}) };
  if (reason === 'rule' && rule) return ruleProblem(rule, rules[rule]?.title ?? 'A rule of the practice', message, extra);
  switch (reason) {
    case 'unknown':
      if (field) return problem(422, 'unknown-value', 'There is no such thing', message, extra);
      return problem(404, 'not-found', 'Not found', message, extra);
    case 'not-permitted':
      return problem(403, 'not-permitted', 'Not permitted', message, extra);
    default:
      return problem(409, 'wrong-state', 'Not possible now', message, extra);
  }
};
