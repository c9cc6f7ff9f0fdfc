import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const root = join(import.meta.dirname);

/** The builds whose folders are kept, by date and commit. */
export const goldenFolders: readonly string[] = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .toSorted();

export interface GoldenEntry {
  readonly type: string;
  readonly stream: string;
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly who: { readonly user: string; readonly role: string; readonly organisation: string };
  readonly purpose: string;
  readonly policy: { readonly pack: string; readonly version: string };
  readonly tells: string;
}

export interface GoldenCase {
  readonly listed: { readonly authority: string; readonly reference: string; readonly child: { readonly name: string } };
  /** The streams of the case and how many events each had. */
  readonly streams: Readonly<Record<string, number>>;
  readonly chronology: readonly GoldenEntry[];
}

/** What the build of then answered, by case. */
export const goldenAnswers = (folder: string): Readonly<Record<string, GoldenCase>> =>
  (JSON.parse(gunzipSync(readFileSync(join(root, folder, 'answers.json.gz'))).toString('utf8')) as { cases: Record<string, GoldenCase> })
    .cases;

/** A copy of the folder as that build left it, in a new temporary place. */
export const unpackGoldenFolder = (folder: string): string => {
  const target = mkdtempSync(join(tmpdir(), 'waymark-golden-'));
  for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.gz') || name === 'answers.json.gz') continue;
    const file = join(target, name.slice(0, -'.gz'.length));
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, gunzipSync(readFileSync(join(root, folder, name))), { mode: 0o600 });
  }
  return target;
};
