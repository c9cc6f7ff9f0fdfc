const ruleId = /\b[A-Z]{2,4}-\d\d\b/g;
const testCall = /\b(?:it|test|describe)(?:\.each\([^;]*?\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs;
const refusal = /\brefuse\(\s*'([^']+)'/g;

/** The rule ids that the names of a spec's tests and groups name. */
export const rulesInTestNames = (spec: string): readonly string[] => [
  ...new Set([...spec.matchAll(testCall)].flatMap(([, , name]) => name?.match(ruleId) ?? [])),
];

/** The rule ids that a source refuses under. */
export const rulesInRefusals = (source: string): readonly string[] => [
  ...new Set([...source.matchAll(refusal)].flatMap(([, id]) => (id ? [id] : []))),
];
