import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import type { AnyEventDefinition, SealedPath, SealPlan } from '@waymark/kernel';

/** A type's seal plan as it was first frozen, and what it gained since: each sealed path with the path of the id that it is sealed for. */
export interface FrozenSeals {
  readonly type: string;
  readonly seals: Readonly<Record<string, string>>;
  readonly addedLater: Readonly<Record<string, string>>;
}

/**
 * One test per event type and version: its seal plan is frozen in a file, and has changed by additions alone. Stored events without the paths of what
 * was erased rest on that. `WAYMARK_WRITE_GOLDEN=1` writes what is missing; what a file says already is never taken out or altered.
 * @param folder absolute path of the folder of frozen plans
 */
export const sealPlansStayFrozen = (folder: string, definitions: readonly AnyEventDefinition[]): void => {
  const plans = new Map(
    definitions.flatMap((definition) => [
      [String(definition.type), definition.seals] as const,
      ...definition.upcasts.map((upcast) => [String(upcast.from), upcast.seals] as const),
    ]),
  );
  if (process.env['WAYMARK_WRITE_GOLDEN']) for (const [type, plan] of plans) writeAdded(folder, type, plan);
  it.each([...plans])('%s: its seal plan is as it was frozen', (type, plan) => {
    expect(brokenSeals(frozenIn(folder, type), plan)).toEqual([]);
  });
  const files = existsSync(folder) ? readdirSync(folder) : [];
  it('the frozen seal plans are those of types that can be read', () => {
    expect(files.filter((file) => !plans.has(file.replace(/\.json$/, '')))).toEqual([]);
  });
};

/** What of a plan is not as it was frozen, in words that say what to do. */
export const brokenSeals = (frozen: FrozenSeals | undefined, plan: SealPlan): string[] => {
  if (!frozen) return ['its seal plan is not frozen yet: run the test with WAYMARK_WRITE_GOLDEN=1 and commit the file'];
  const now = freeze(frozen.type, plan);
  const news = (part: Part) => Object.keys(now[part]).filter((path) => !(path in frozen[part]));
  return [
    ...altered(frozen, now, 'seals'),
    ...altered(frozen, now, 'addedLater'),
    ...news('seals').map((path) => `${path} is a sealed field that the type gained later: declare it sealed(…, { of, addedLater: true })`),
    ...news('addedLater').map((path) => `${path} is not frozen yet: run the test with WAYMARK_WRITE_GOLDEN=1 and commit the file`),
  ];
};

type Part = 'seals' | 'addedLater';

const altered = (frozen: FrozenSeals, now: FrozenSeals, part: Part): string[] =>
  Object.entries(frozen[part])
    .filter(([path, subject]) => now[part][path] !== subject)
    .map(([path, subject]) => `${path} was frozen in "${part}", sealed for ${subject}: leave it so, or make a new version of the type`);

/** The frozen plan with what was added to it; undefined when nothing was. Never less than it was. */
export const withAdded = (frozen: FrozenSeals | undefined, type: string, plan: SealPlan): FrozenSeals | undefined => {
  const now = freeze(type, plan);
  if (!frozen) return now;
  const added = Object.entries(now.addedLater).filter(([path]) => !(path in frozen.addedLater) && !(path in frozen.seals));
  return added.length === 0 ? undefined : { ...frozen, addedLater: { ...frozen.addedLater, ...Object.fromEntries(added) } };
};

const freeze = (type: string, plan: SealPlan): FrozenSeals => ({
  type,
  seals: Object.fromEntries(plan.filter(({ addedLater }) => !addedLater).map(entryOf)),
  addedLater: Object.fromEntries(plan.filter(({ addedLater }) => addedLater).map(entryOf)),
});

const entryOf = ({ steps, subject: { field, depth } }: SealedPath): [path: string, subject: string] => [
  steps.join('/'),
  depth < 0 ? `${field} of the envelope` : [...steps.slice(0, depth), field].join('/'),
];

const frozenIn = (folder: string, type: string): FrozenSeals | undefined => {
  const file = join(folder, `${type}.json`);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as FrozenSeals) : undefined;
};

const writeAdded = (folder: string, type: string, plan: SealPlan): void => {
  const grown = withAdded(frozenIn(folder, type), type, plan);
  if (!grown) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${type}.json`), `${JSON.stringify(grown, null, 2)}\n`);
};
