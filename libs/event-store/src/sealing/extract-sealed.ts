import { isErased, type CaseId, type SealedPath } from '@waymark/kernel';
import { InvalidEvent } from '../event-store.js';
import type { CompiledPlan, PlanNode } from './plan.js';

/** What is to be sealed for one subject. */
export interface SubjectValues {
  readonly subject: string;
  /** A path's steps are joined by "/"; in arrays they are indexes. */
  readonly paths: string[];
  /** In the order of the paths. */
  readonly values: unknown[];
}

/** An event's data with its personal values taken out, gathered by whose they are. */
export interface Extracted {
  readonly open: Record<string, unknown>;
  /** One for each subject. */
  readonly sealed: readonly SubjectValues[];
}

export type Data = Record<string, unknown>;
/** Stands where a value was taken from. */
export const hole = Symbol('sealed');

export interface Walk {
  readonly type: string;
  readonly caseId: CaseId | null;
  /** A list, because an event has few subjects. */
  readonly sealed: SubjectValues[];
  /** The values from the root to the present one. */
  readonly way: unknown[];
}

/** @throws InvalidEvent when a value is to be sealed for somebody whom the event does not name */
export const extractSealed = (plan: CompiledPlan, type: string, data: Data, caseId: CaseId | null): Extracted => {
  const walk: Walk = { type, caseId, sealed: [], way: [data] };
  const open = plan.flat ? withoutOwn(plan, data, walk) : (without(plan.root, data, '', walk) as Data);
  return { open, sealed: walk.sealed };
};

const withoutOwn = ({ root }: CompiledPlan, data: Data, walk: Walk): Data => {
  const open: Data = {};
  for (const name in data) {
    const path = root.properties.get(name)?.sealed;
    if (!path || stays(data[name])) open[name] = data[name];
    else take(path, name, data[name], walk);
  }
  return open;
};

/** Nothing is not personal, and what was erased has nothing left to seal. */
const stays = (value: unknown): boolean => value === undefined || value === null || isErased(value);

const take = (path: SealedPath, at: string, value: unknown, walk: Walk): void => {
  const subject = subjectIn(path, walk);
  if (subject !== undefined) return takeFor(subject, at, value, walk);
  throw new InvalidEvent(`${walk.type}: ${path.steps.join('.')} is to be sealed for ${path.subject.field}, which the event does not name`);
};

export const takeFor = (subject: string, at: string, value: unknown, walk: Walk): void => {
  const own = walk.sealed.find((one) => one.subject === subject);
  if (!own) walk.sealed.push({ subject, paths: [at], values: [value] });
  else {
    own.paths.push(at);
    own.values.push(value);
  }
};

/** Whose a value is; undefined when the event does not name anybody. */
export const subjectIn = ({ subject }: SealedPath, { way, caseId }: Walk): string | undefined => {
  const id = subject.depth < 0 ? caseId : (way[subject.depth] as Data)[subject.field];
  return typeof id === 'string' && id !== '' ? id : undefined;
};

const without = (node: PlanNode, value: unknown, at: string, walk: Walk): unknown => {
  if (stays(value)) return value;
  if (node.sealed) {
    take(node.sealed, at, value, walk);
    return hole;
  }
  return Array.isArray(value) ? withoutElements(node, value, at, walk) : withoutProperties(node, value as Data, at, walk);
};

/** An element that was taken leaves a null, so that the others keep their places and the number of them is known. */
const withoutElements = (node: PlanNode, values: readonly unknown[], at: string, walk: Walk): unknown[] =>
  values.map((value, index) => {
    const rest = node.elements ? below(node.elements, value, `${at}/${index}`, walk) : value;
    return rest === hole ? null : rest;
  });

const withoutProperties = (node: PlanNode, data: Data, at: string, walk: Walk): Data => {
  const open: Data = {};
  for (const name in data) {
    const child = node.properties.get(name);
    const rest = child ? below(child, data[name], at === '' ? name : `${at}/${name}`, walk) : data[name];
    if (rest !== hole) open[name] = rest;
  }
  return open;
};

const below = (node: PlanNode, value: unknown, at: string, walk: Walk): unknown => {
  walk.way.push(value);
  const rest = without(node, value, at, walk);
  walk.way.pop();
  return rest;
};
