import { badRequest } from '../problems/problem.js';

/** No request has parts within parts beyond this; what goes deeper would exhaust the stack of whoever walks it. */
const deepest = 12;
const longestName = 60;

/** A field's name as answers give it: the caller's own word, so never without end. */
export const named = (field: string): string => (field.length > longestName ? `${field.slice(0, longestName)}…` : field);

/**
 * What no request has, and what reading one would stumble over: endless nesting, and names that every object has (`constructor`).
 * @throws Problem 400 that names the field
 */
export const assertShallow = (value: unknown, path: readonly string[] = []): void => {
  if (typeof value !== 'object' || value === null) return;
  if (path.length > deepest) throw fault(path.slice(0, 1), 'is nested too deeply');
  for (const [name, inner] of Object.entries(value)) {
    const here = [...path, named(name)];
    if (name in Object.prototype) throw fault(here, 'is not a field of this request');
    assertShallow(inner, here);
  }
};

const fault = (path: readonly string[], message: string) => badRequest(`${path.join('.')} ${message}`, { field: path.join('.') });
