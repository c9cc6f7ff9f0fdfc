import { DatabaseSync } from 'node:sqlite';
import { damaged } from './damage.js';
import { schema } from './schema.js';

/** SQLite's own check of the whole file, each index against its table. Some 4 ms a megabyte. @throws StoreUnusable */
export const assertIntegrity = (database: DatabaseSync, path: string, table = ''): void => {
  const rows = database.prepare(`PRAGMA integrity_check(${table || 1})`).all() as { integrity_check: string }[];
  const found = rows[0]?.integrity_check;
  if (found !== 'ok') throw damaged(path, (found ?? 'nothing').replace('*** in database main ***', '').replace(/\s+/g, ' ').trim());
};

const definitions = (database: DatabaseSync): readonly string[] =>
  (database.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all() as Record<string, unknown>[]).map(
    (row) => JSON.stringify(Object.values(row)),
  );

/** The file's schema must be the one that this program made: a single changed character makes SQLite read elsewhere. @throws StoreUnusable */
export const assertSchema = (database: DatabaseSync, path: string, made = schema): void => {
  const model = new DatabaseSync(':memory:');
  model.exec(made);
  const [found, wanted] = [definitions(database), definitions(model)];
  model.close();
  const differs = wanted.find((one, index) => found[index] !== one) ?? found[wanted.length];
  if (differs !== undefined) throw damaged(path, `what it says of its tables is not what was written (${differs.slice(0, 60)} …)`);
};
