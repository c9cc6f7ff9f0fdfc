import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { indexable } from '../check-query.js';
import type { Change, Collection, Document } from '../read-model-store.js';
import { serialise } from '../check-query.js';
import { column } from './sqlite-query.js';

/**
 * One generation of a collection: `d<no>` holds the documents with a column per index, filled by us (which is cheaper than to have SQLite parse
 * each document again); `e<no>` holds the elements of indexed arrays, and is touched only where they change: a case that many events are about keeps
 * the words that it is found by.
 */
export class Table {
  private readonly upsert: StatementSync;
  private readonly drop: StatementSync;
  private readonly one: StatementSync;
  private readonly some: StatementSync;
  private readonly dropElements: StatementSync;
  private readonly addElements: StatementSync;
  private hasElements: boolean;

  constructor(
    db: DatabaseSync,
    readonly collection: Collection,
    readonly no: number,
  ) {
    const columns = ['id', 'body', ...collection.indexes.map(column)];
    const updates = columns.slice(1).map((name) => `${name} = excluded.${name}`);
    this.upsert = db.prepare(
      `INSERT INTO d${no} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ON CONFLICT (id) DO UPDATE SET ${updates.join(', ')}`,
    );
    this.drop = db.prepare(`DELETE FROM d${no} WHERE id = ?`);
    this.one = db.prepare(`SELECT body FROM d${no} WHERE id = ?`);
    this.some = db.prepare(`SELECT id, body FROM d${no} WHERE id IN (SELECT value FROM json_each(?))`);
    // One call a field: a call for each element costs a third more.
    this.dropElements = db.prepare(`DELETE FROM e${no} WHERE rowid IN (
      SELECT e.rowid FROM json_each(?) AS gone CROSS JOIN e${no} AS e ON e.field = ? AND e.value IS gone.value AND e.id = ?)`);
    this.addElements = db.prepare(`INSERT OR IGNORE INTO e${no} (field, value, id) SELECT ?, value, ? FROM json_each(?)`);
    this.hasElements = db.prepare(`SELECT 1 FROM e${no} LIMIT 1`).get() !== undefined;
  }

  static create(db: DatabaseSync, no: number, indexes: readonly string[]): void {
    db.exec(`CREATE TABLE d${no} (id TEXT NOT NULL UNIQUE, body TEXT NOT NULL)`);
    db.exec(`CREATE TABLE e${no} (field TEXT NOT NULL, value, id TEXT NOT NULL, PRIMARY KEY (field, value, id))`);
    for (const field of indexes) Table.addIndex(db, no, field);
  }

  /** Adds an index to a table that may hold documents already. */
  static addIndex(db: DatabaseSync, no: number, field: string): void {
    const path = `$.${field}`;
    db.exec(`ALTER TABLE d${no} ADD COLUMN ${column(field)}`);
    db.exec(
      `UPDATE d${no} SET ${column(field)} = json_extract(body, '${path}') WHERE json_type(body, '${path}') NOT IN ('array', 'object')`,
    );
    db.exec(`INSERT OR IGNORE INTO e${no} (field, value, id) SELECT '${field}', element.value, d${no}.id FROM d${no}, json_each(d${no}.body, '${path}') AS element
      WHERE json_type(d${no}.body, '${path}') = 'array' AND element.type NOT IN ('array', 'object')`);
    db.exec(`CREATE INDEX "d${no}_${field}" ON d${no} (${column(field)}, id)`);
  }

  static remove(db: DatabaseSync, no: number): void {
    db.exec(`DROP TABLE IF EXISTS d${no}; DROP TABLE IF EXISTS e${no}`);
  }

  get<D extends Document>(id: string): D | undefined {
    const row = this.one.get(id) as { body: string } | undefined;
    return row && (JSON.parse(row.body) as D);
  }

  getMany<D extends Document>(ids: readonly string[]): ReadonlyMap<string, D> {
    const rows = this.some.all(JSON.stringify(ids)) as unknown as { id: string; body: string }[];
    return new Map(rows.map(({ id, body }) => [id, JSON.parse(body) as D]));
  }

  apply(change: Change): void {
    if ('put' in change) this.put(change.put);
    else this.remove(change.remove);
  }

  private put(document: Document): void {
    const { name, indexes } = this.collection;
    const body = serialise(name, document);
    const before = this.hasElements ? this.get(document.id) : undefined;
    const values: SQLInputValue[] = [document.id, body];
    for (const field of indexes) values.push(indexable(document[field]));
    this.upsert.run(...values);
    for (const field of indexes) this.changeElements(document.id, field, elementsOf(before?.[field]), elementsOf(document[field]));
  }

  private remove(id: string): void {
    const before = this.hasElements ? this.get(id) : undefined;
    this.drop.run(id);
    for (const field of this.collection.indexes) this.changeElements(id, field, elementsOf(before?.[field]), none);
  }

  private changeElements(id: string, field: string, before: Elements, after: Elements): void {
    const gone = without(before, after);
    if (gone.length > 0) this.dropElements.run(JSON.stringify(gone), field, id);
    const added = without(after, before);
    if (added.length === 0) return;
    this.hasElements = true;
    this.addElements.run(field, id, JSON.stringify(added));
  }
}

type Elements = readonly (string | number | null)[];
const none: Elements = [];

const without = (elements: Elements, others: Elements): Elements => {
  if (elements.length === 0 || others.length === 0) return elements;
  const known = new Set(others);
  return elements.filter((element) => !known.has(element));
};

/** What an index holds of an array; objects and arrays in it have no place there. */
const elementsOf = (value: unknown): Elements =>
  Array.isArray(value) ? value.filter((element) => typeof element !== 'object' || element === null).map(indexable) : none;
