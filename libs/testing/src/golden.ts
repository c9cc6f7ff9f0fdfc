import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { exampleOf, type AnyEventDefinition } from '@waymark/kernel';
import { sealPlansStayFrozen } from './frozen-seals.js';

/** As a record first wrote it. Never changed afterwards. */
interface Golden {
  readonly type: string;
  readonly data: unknown;
}

/**
 * One test per event type and version: the golden file is there and still reads. A new type's file is written with
 * `WAYMARK_WRITE_GOLDEN=1`; a file that is there is never written again. A file whose type nobody reads any more fails.
 * Below it, in `seals`, stand the seal plans of the same types, frozen.
 * @param folder absolute path of the golden folder
 */
export const goldenFilesStillLoad = (folder: string, definitions: readonly AnyEventDefinition[]): void => {
  if (process.env['WAYMARK_WRITE_GOLDEN']) writeMissing(folder, definitions);
  const readable = new Map(
    definitions.flatMap((definition) => [
      [definition.type, { definition, read: (data: unknown) => data }] as const,
      ...definition.upcasts.map((upcast) => [upcast.from, { definition, read: upcast.to as (data: unknown) => unknown }] as const),
    ]),
  );
  it.each([...readable.keys()])('%s: its golden file is there', (type) => {
    expect(existsSync(join(folder, `${type}.json`))).toBe(true);
  });
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : [];
  it.each(files)('%s: still reads', (file) => {
    const golden = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Golden;
    expect(`${golden.type}.json`).toBe(file);
    const reader = readable.get(golden.type);
    if (!reader) throw new Error(`${golden.type} was written once, and nothing reads it now: keep its definition or add an upcast`);
    const data = reader.definition.schema.parse(reader.read(golden.data)) as never;
    expect(reader.definition.tell(data, { occurredAt: '2026-03-02T09:15:00.000Z', actor: {} } as never).length).toBeGreaterThan(10);
  });
  sealPlansStayFrozen(join(folder, 'seals'), definitions);
};

const writeMissing = (folder: string, definitions: readonly AnyEventDefinition[]): void => {
  mkdirSync(folder, { recursive: true });
  for (const definition of definitions) {
    const file = join(folder, `${definition.type}.json`);
    if (existsSync(file)) continue;
    const golden: Golden = { type: String(definition.type), data: exampleOf(definition) };
    writeFileSync(file, `${JSON.stringify(golden, null, 2)}\n`);
  }
};
