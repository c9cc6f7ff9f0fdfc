import type { CaseId, Outline, OutlineField, SealedPath, CompiledCheck } from '@waymark/kernel';
import { isErased } from '@waymark/kernel';
import type { CompiledPlan, PlanNode } from './plan.js';
import { hole, subjectIn, takeFor, type Extracted, type Data, type Walk } from './extract-sealed.js';

/**
 * Checks an event's data and takes it apart in one walk: the combined result of the schema check and `extractSealed`, or undefined where it is not sure of
 * that result; then the caller uses those two. Made once for each type of event. Walking by the schema and again by the plan took twice as long.
 */
export type Split = (data: unknown, caseId: CaseId | null) => Extracted | undefined;

/** What a step answers when it cannot vouch for a value. */
const unsure = Symbol('unsure');

/** From a value and its path to what stays of it in the open: it, a copy of it, `hole` or `unsure`. */
type Step = (value: unknown, at: string, walk: Walk) => unknown;

export const splitOf = (outline: Outline | undefined, type: string, plan: CompiledPlan): Split | undefined => {
  if (outline?.kind !== 'object') return undefined;
  const step = objectStep(outline.fields, plan.root, '');
  return (data, caseId) => {
    const walk: Walk = { type, caseId, sealed: [], way: [] };
    const open = step(data, '', walk);
    if (open === unsure) return undefined;
    return { open: open as Data, sealed: walk.sealed };
  };
};

/** @param fixed the path where it is always the same; undefined below a list, where each element has its own */
const stepOf = (outline: Outline, plan: PlanNode | undefined, fixed: string | undefined): Step => {
  switch (outline.kind) {
    case 'value':
      return valueStep(outline.sure);
    case 'sealed':
      return sealedStep(outline.sure, plan?.sealed);
    case 'maybe':
      return maybeStep(outline.without, stepOf(outline.within, plan, fixed));
    case 'list':
      return listStep(outline.sure, stepOf(outline.element, plan?.elements, undefined));
    case 'object':
      return objectStep(outline.fields, plan, fixed);
  }
};

const valueStep =
  (sure: CompiledCheck): Step =>
  (value) =>
    sure(value) ? value : unsure;

const sealedStep =
  (sure: CompiledCheck, path: SealedPath | undefined): Step =>
  (value, at, walk) => {
    if (!sure(value)) return isErased(value) ? value : unsure;
    const subject = path && subjectIn(path, walk);
    if (subject === undefined) return unsure;
    takeFor(subject, at, value, walk);
    return hole;
  };

const maybeStep =
  (without: null | undefined, within: Step): Step =>
  (value, at, walk) =>
    value === without ? value : within(value, at, walk);

const listStep =
  (sure: CompiledCheck, element: Step): Step =>
  (value, at, walk) => {
    if (!sure(value)) return unsure;
    const open: unknown[] = [];
    walk.way.push(value);
    for (const [index, one] of (value as readonly unknown[]).entries()) {
      const rest = element(one, `${at}/${index}`, walk);
      if (rest === unsure) return unsure;
      open.push(rest === hole ? null : rest);
    }
    walk.way.pop();
    return open;
  };

interface Field {
  readonly name: string;
  readonly step: Step;
  readonly at: string | undefined;
}

const objectStep = (outlines: readonly OutlineField[], plan: PlanNode | undefined, fixed: string | undefined): Step => {
  const fields = outlines.map(({ name, outline }): Field => {
    const own = plan?.properties.get(name);
    const at = fixed === undefined && own ? undefined : fixed ? `${fixed}/${name}` : name;
    return { name, step: stepOf(outline, own, at), at };
  });
  const names = new Set(outlines.map(({ name }) => name));
  return (value, at, walk) => {
    if (!isObject(value) || !hasOnly(names, value)) return unsure;
    const open: Data = {};
    walk.way.push(value);
    for (const field of fields) {
      const rest = field.step(value[field.name], field.at ?? `${at}/${field.name}`, walk);
      if (rest === unsure) return unsure;
      if (rest !== hole && rest !== undefined) open[field.name] = rest;
    }
    walk.way.pop();
    return open;
  };
};

const isObject = (value: unknown): value is Data => typeof value === 'object' && value !== null && !Array.isArray(value);

/** What it inherits counts as its own, as it does for the schema. */
const hasOnly = (names: ReadonlySet<string>, value: Data): boolean => {
  for (const name in value) if (!names.has(name)) return false;
  return true;
};
