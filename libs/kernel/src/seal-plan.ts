import { z } from 'zod';
import { declarationOf } from './fields.js';

/**
 * Where an event's sealed values stand. A step is a property name, or `*` for every element of an array.
 * The subject's id stands at `subject`: `up` levels of objects above the field, or in the envelope.
 */
export interface SealedPath {
  readonly steps: readonly string[];
  readonly subject: {
    readonly field: string;
    /** How many leading steps lead to the object that holds it; -1: the envelope. */ readonly depth: number;
  };
}
export type SealPlan = readonly SealedPath[];

interface Scope {
  readonly depth: number;
  readonly fields: ReadonlySet<string>;
}

/**
 * Walks an event's schema and lists its sealed fields.
 * @throws TypeError for a leaf that is declared neither open nor sealed, and for a subject that no enclosing object has
 */
export const planSeals = (type: string, schema: z.ZodType): SealPlan => {
  const plan: SealedPath[] = [];
  walk(schema, [], []);
  return plan;

  function walk(node: z.ZodType, steps: readonly string[], scopes: readonly Scope[]): void {
    const where = `${type}: ${steps.join('.') || 'data'}`;
    const declaration = declarationOf(node);
    if (declaration?.kind === 'open') return;
    if (declaration?.kind === 'sealed') {
      plan.push({ steps, subject: { field: declaration.of, depth: subjectDepth(where, declaration.of, scopes) } });
      return;
    }
    if (node instanceof z.ZodObject) {
      const shape = node.shape as Record<string, z.ZodType>;
      const inner = [...scopes, { depth: steps.length, fields: new Set(Object.keys(shape)) }];
      for (const [name, child] of Object.entries(shape)) walk(child, [...steps, name], inner);
    } else if (node instanceof z.ZodArray) walk(node.element as z.ZodType, [...steps, '*'], scopes);
    else if (node instanceof z.ZodOptional || node instanceof z.ZodNullable || node instanceof z.ZodReadonly)
      walk(node.unwrap() as z.ZodType, steps, scopes);
    else if (!(node instanceof z.ZodLiteral)) throw new TypeError(`${where}: declare the field open(…) or sealed(…, { of })`);
  }
};

const subjectDepth = (where: string, field: string, scopes: readonly Scope[]): number => {
  const scope = scopes.findLast((candidate) => candidate.fields.has(field));
  if (scope) return scope.depth;
  if (field === 'caseId') return -1;
  throw new TypeError(`${where}: sealed for ${field}, but no enclosing object has that field`);
};
