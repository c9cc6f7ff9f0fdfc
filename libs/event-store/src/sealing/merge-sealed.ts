import { ERASED, type CaseId } from '@waymark/kernel';
import type { CompiledPlan } from './plan.js';
import type { SealedEntry } from './entries.js';

type Data = Record<string, unknown>;

/** Puts a value back to where it was taken from. @throws TypeError when the open part has no such place */
export const mergeSealed = (data: Data, at: string, value: unknown): void => {
  if (!at.includes('/')) {
    data[at] = value;
    return;
  }
  const steps = at.split('/');
  const last = steps.pop()!;
  let holder: Data = data;
  for (const step of steps) holder = holder[step] as Data;
  holder[last] = value;
};

/** Marks everything of one subject as erased: the paths noted with the event, else those that the plan named while paths were left out. */
export const mergeErased = (plan: CompiledPlan, data: Data, { s, p }: SealedEntry, caseId: CaseId | null): void => {
  for (const at of p ?? plannedFor(plan, data, s, caseId)) mergeSealed(data, at, ERASED);
};

const plannedFor = ({ paths }: CompiledPlan, data: Data, subject: string, caseId: CaseId | null): string[] =>
  paths
    .filter(({ steps, subject: { depth, field }, addedLater }) => {
      if (addedLater) return false;
      if (depth < 0) return caseId === subject;
      let holder: Data = data;
      for (const step of steps.slice(0, depth)) holder = holder[step] as Data;
      return holder[field] === subject;
    })
    .map(({ steps }) => steps.join('/'));
