import { z } from 'zod';
import { declarationOf, type FieldDeclaration } from './fields.js';
import { wrapped } from './wrapped.js';

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
  /** The type had no such field at first. What was sealed without its paths (until November 2026) has nothing there. */
  readonly addedLater?: true;
}
export type SealPlan = readonly SealedPath[];

interface Scope {
  readonly depth: number;
  readonly shape: Readonly<Record<string, z.ZodType>>;
}

/**
 * Walks an event's schema and lists its sealed fields.
 * @throws TypeError for a leaf that is declared neither open nor sealed, for an object that lets unnamed fields through, and for a
 *   subject that is not one open id of an enclosing object
 */
export const planSeals = (type: string, schema: z.ZodType): SealPlan => {
  const plan: SealedPath[] = [];
  walk(schema, [], []);
  return plan;

  function walk(node: z.ZodType, steps: readonly string[], scopes: readonly Scope[]): void {
    const where = `${type}: ${steps.join('.') || 'data'}`;
    if (saysNothing(node)) return;
    const declaration = declarationOf(node);
    const within = wrapped(node);
    if (declaration?.kind === 'sealed') plan.push(sealedPath(where, steps, declaration, scopes));
    else if (within) walk(within, steps, scopes);
    else if (node instanceof z.ZodArray) walk(node.element as z.ZodType, [...steps, '*'], scopes);
    else if (node instanceof z.ZodObject) walkObject(where, node, steps, scopes);
    else throw new TypeError(`${where}: declare the field open(…) or sealed(…, { of })`);
  }

  function walkObject(where: string, node: z.ZodObject, steps: readonly string[], scopes: readonly Scope[]): void {
    // What nobody named, nobody declared.
    if (node.def.catchall && !(node.def.catchall instanceof z.ZodNever))
      throw new TypeError(`${where}: name every field, so that each can be declared`);
    const shape = node.shape as Record<string, z.ZodType>;
    // An object with it would pass for one that was erased, and then nothing in it would be sealed.
    if (Object.hasOwn(shape, 'erased')) throw new TypeError(`${where}: no field may be called erased`);
    const inner = [...scopes, { depth: steps.length, shape }];
    for (const [name, child] of Object.entries(shape)) walk(child, [...steps, name], inner);
  }
};

type SealedDeclaration = Extract<FieldDeclaration, { kind: 'sealed' }>;

const sealedPath = (
  where: string,
  steps: readonly string[],
  { of, addedLater }: SealedDeclaration,
  scopes: readonly Scope[],
): SealedPath => {
  const subject = { field: of, depth: subjectDepth(where, of, scopes) };
  return addedLater ? { steps, subject, addedLater } : { steps, subject };
};

/** Nothing about anybody: declared open, or the same in every event. */
const saysNothing = (node: z.ZodType): boolean => node instanceof z.ZodLiteral || declarationOf(node)?.kind === 'open';

const subjectDepth = (where: string, field: string, scopes: readonly Scope[]): number => {
  const scope = scopes.findLast(({ shape }) => Object.hasOwn(shape, field));
  if (scope && isOneId(scope.shape[field])) return scope.depth;
  if (scope) throw new TypeError(`${where}: sealed for ${field}, which is not one open id`);
  if (field === 'caseId') return -1;
  throw new TypeError(`${where}: sealed for ${field}, but no enclosing object has that field`);
};

/** A list has no one owner, and an id that is sealed itself leads to no key. */
const isOneId = (node: z.ZodType | undefined): boolean => {
  if (!node) return false;
  const within = wrapped(node);
  if (within) return isOneId(within);
  return (node instanceof z.ZodString || node instanceof z.ZodStringFormat) && declarationOf(node)?.kind === 'open';
};
