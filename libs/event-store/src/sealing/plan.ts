import type { SealPlan, SealedPath } from '@waymark/kernel';
import { isPath } from './commitments.js';

/** A step of the way to sealed values: what lies below a property, or below every element of an array. */
export interface PlanNode {
  readonly properties: ReadonlyMap<string, PlanNode>;
  readonly elements: PlanNode | undefined;
  readonly sealed: SealedPath | undefined;
}

/** A seal plan made ready for use, once for each type of event. */
export interface CompiledPlan {
  readonly root: PlanNode;
  readonly paths: SealPlan;
  /** Sealed values stand in the event's own fields only, so that no walk is needed. */
  readonly flat: boolean;
}

/** Where sealed texts stand in the stored data; no field may have this name. */
export const sealedField = '$sealed';

/** @throws TypeError for a plan that the stored form cannot hold */
export const compilePlan = (type: string, paths: SealPlan): CompiledPlan => {
  for (const path of paths) assertSound(type, path);
  return {
    root: nodeOf(paths, 0),
    paths,
    flat: paths.every(({ steps, subject }) => steps.length === 1 && steps[0] !== '*' && subject.depth <= 0),
  };
};

const nodeOf = (paths: SealPlan, depth: number): PlanNode => {
  const below = new Map<string, SealedPath[]>();
  for (const path of paths) {
    const step = path.steps[depth];
    if (step !== undefined) below.set(step, [...(below.get(step) ?? []), path]);
  }
  const nodes = new Map([...below].map(([step, those]) => [step, nodeOf(those, depth + 1)]));
  const elements = nodes.get('*');
  nodes.delete('*');
  return { properties: nodes, elements, sealed: paths.find(({ steps }) => steps.length === depth) };
};

const assertSound = (type: string, { steps }: SealedPath): void => {
  if (!steps.every(isFit)) throw new TypeError(`${type}: ${steps.join('.')}: a field's name is not fit for sealing`);
};

/** A path is its steps with "/" between. */
const isFit = (step: string): boolean => isPath(step) && !step.includes('/') && step !== sealedField && step !== '__proto__';

/** Whether a value that stands there is sealed by the plan. */
export const seals = ({ root }: CompiledPlan, at: string): boolean => {
  if (!at.includes('/')) return root.properties.get(at)?.sealed !== undefined;
  return at.split('/').reduce<PlanNode | undefined>(below, root)?.sealed !== undefined;
};

const below = (node: PlanNode | undefined, step: string): PlanNode | undefined =>
  node?.properties.get(step) ?? (/^\d+$/.test(step) ? node?.elements : undefined);
