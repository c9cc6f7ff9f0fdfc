import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the data folder remembers of the demonstration borough. Changes when the plan or a step does: an older one is not continued. */
export const planVersion = 1;

export interface Marker {
  readonly about: string;
  readonly state: 'loading' | 'loaded';
  readonly seed: string;
  /** The day on which the tales end, `2026-11-24`. */
  readonly today: string;
  readonly plan: number;
  /** Whose tale is told, and how many there are. */
  readonly families: number;
  readonly of: number;
}

export const about = 'The demonstration borough in this folder. Everything in it is invented.';

const fileIn = (dataFolder: string): string => join(dataFolder, 'demo.json');

/** What is remembered; undefined where there is nothing, `unreadable` where something else stands there. */
export const readMarker = (dataFolder: string): Marker | 'unreadable' | undefined => {
  const file = fileIn(dataFolder);
  if (!existsSync(file)) return undefined;
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isMarker(found) ? found : 'unreadable';
  } catch {
    return 'unreadable';
  }
};

const isMarker = (found: unknown): found is Marker => {
  const { state, seed, today, plan, families, of } = (found ?? {}) as Partial<Marker>;
  const texts = typeof seed === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(today ?? '');
  return texts && (state === 'loading' || state === 'loaded') && [plan, families, of].every(Number.isInteger);
};

/** Whole or not at all. */
export const writeMarker = (dataFolder: string, marker: Marker): void => {
  const file = fileIn(dataFolder);
  writeFileSync(`${file}.new`, `${JSON.stringify(marker, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
};
