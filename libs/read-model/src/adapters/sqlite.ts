import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { checkCollection, checkConditions, checkQuery } from '../check-query.js';
import { cursors, type Cursors } from '../cursor.js';
import {
  BadQuery,
  ReadModelUnavailable,
  StaleCheckpoint,
  type Batch,
  type Collection,
  type Condition,
  type Document,
  type Generation,
  type IndexValue,
  type Page,
  type Query,
  type ReadModelStore,
} from '../read-model-store.js';
import { asPortError, openFile } from './sqlite-file.js';
import { pageQuery, whereClause, type Sql } from './sqlite-query.js';
import { Table } from './sqlite-tables.js';

const maxStatements = 200;
/** The checkpoint of a generation stands beside the serving one's under a name that no subscriber has. */
const ofGeneration = (no: number, subscriber: string): string => `#${no} ${subscriber}`;

/** Documents in one SQLite file, for one process. */
export class SqliteReadModelStore implements ReadModelStore {
  private readonly db: DatabaseSync;
  private readonly serving = new Map<string, Table>();
  private readonly statements = new Map<string, StatementSync>();
  private readonly cursors: Cursors;
  private readonly readCheckpoint: StatementSync;
  private readonly writeCheckpoint: StatementSync;
  private closed = false;

  /** @throws ReadModelUnusable when the file is damaged, of another layout, or in use by another process */
  constructor(private readonly file: string) {
    this.db = openFile(file);
    this.readCheckpoint = this.db.prepare('SELECT position FROM checkpoint WHERE subscriber = ?');
    this.writeCheckpoint = this.db.prepare(
      'INSERT INTO checkpoint (subscriber, position) VALUES (?, ?) ON CONFLICT DO UPDATE SET position = excluded.position',
    );
    const secret = this.db.prepare("SELECT bytes FROM secret WHERE name = 'cursor'").get() as { bytes: Uint8Array };
    this.cursors = cursors(secret.bytes);
    this.transaction(() => this.dropUnfinished());
    const rows = this.db.prepare('SELECT name, serving, indexes FROM collection').all() as unknown as {
      name: string;
      serving: number;
      indexes: string;
    }[];
    for (const { name, serving, indexes } of rows)
      this.serving.set(name, new Table(this.db, { name, indexes: JSON.parse(indexes) as string[] }, serving));
  }

  async declare(collection: Collection): Promise<void> {
    checkCollection(collection);
    const { name } = collection;
    const table = this.serving.get(name);
    const known = table?.collection.indexes ?? [];
    const indexes = [...new Set([...known, ...collection.indexes])];
    if (table && indexes.length === known.length) return;
    const no = this.transaction(() => {
      if (!table) return this.createTable({ name, indexes }, true);
      for (const field of indexes.slice(known.length)) Table.addIndex(this.db, table.no, field);
      this.db.prepare('UPDATE collection SET indexes = ? WHERE name = ?').run(JSON.stringify(indexes), name);
      return table.no;
    });
    this.serving.set(name, new Table(this.db, { name, indexes }, no));
  }

  async get<D extends Document>(collection: string, id: string): Promise<D | undefined> {
    return this.guarded(() => this.table(collection).get<D>(id));
  }

  async getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<ReadonlyMap<string, D>> {
    return this.guarded(() => this.table(collection).getMany<D>(ids));
  }

  async find<D extends Document>(name: string, query: Query): Promise<Page<D>> {
    return this.guarded(() => {
      const table = this.table(name);
      const limit = checkQuery(table.collection, query);
      const place = query.cursor === undefined ? undefined : this.cursors.open(name, query, query.cursor);
      const rows = this.all(pageQuery(table.no, query, limit, place)) as { id: string; body: string; place: IndexValue }[];
      const page = rows.slice(0, limit);
      const items = page.map(({ body }) => JSON.parse(body) as D);
      const last = page.at(-1);
      return last && rows.length > limit ? { items, next: this.cursors.seal(name, query, { value: last.place, id: last.id }) } : { items };
    });
  }

  async count(name: string, where: readonly Condition[] = []): Promise<number> {
    return this.guarded(() => {
      const table = this.table(name);
      checkConditions(table.collection, where);
      const clause = whereClause(table.no, where);
      const [row] = this.all({ text: `SELECT count(*) AS n FROM d${table.no}${clause.text}`, values: clause.values }) as { n: number }[];
      return row?.n ?? 0;
    });
  }

  async write(batch: Batch): Promise<void> {
    this.apply(
      batch,
      (name) => this.table(name),
      (subscriber) => subscriber,
    );
  }

  async checkpoint(subscriber: string): Promise<string> {
    return this.guarded(() => this.position(subscriber));
  }

  async rebuild(collections: readonly Collection[], subscriber: string): Promise<Generation> {
    for (const collection of collections) await this.declare(collection);
    const tables = new Map<string, Table>();
    this.transaction(() => {
      for (const { name } of collections) {
        const declared = this.table(name).collection;
        tables.set(name, new Table(this.db, declared, this.createTable(declared, false)));
      }
    });
    const nos = [...tables.values()].map(({ no }) => no);
    const label = (name: string) => ofGeneration(nos[0] ?? 0, name);
    const table = (name: string) => {
      const found = tables.get(name);
      if (!found) throw new BadQuery(`collection ${name}: not part of this rebuild`);
      return found;
    };
    return {
      store: {
        get: async <D extends Document>(name: string, id: string) => this.guarded(() => table(name).get<D>(id)),
        getMany: async <D extends Document>(name: string, ids: readonly string[]) => this.guarded(() => table(name).getMany<D>(ids)),
        write: async (batch) => this.apply(batch, table, label),
        checkpoint: async (name) => this.guarded(() => this.position(label(name))),
      },
      swap: async () => this.swap(tables, subscriber, label(subscriber)),
      discard: async () => this.transaction(() => this.dropUnfinished(nos, label(subscriber))),
    };
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    this.db.close();
  }

  private swap(tables: ReadonlyMap<string, Table>, subscriber: string, label: string): void {
    this.transaction(() => {
      for (const [name, table] of tables) {
        const old = this.table(name).no;
        this.db.prepare('UPDATE collection SET serving = ? WHERE name = ?').run(table.no, name);
        this.db.prepare('DELETE FROM generation WHERE no = ?').run(old);
        Table.remove(this.db, old);
      }
      this.writeCheckpoint.run(subscriber, this.position(label));
      this.db.prepare('DELETE FROM checkpoint WHERE subscriber = ?').run(label);
    });
    this.statements.clear();
    for (const [name, table] of tables) this.serving.set(name, table);
  }

  private apply(batch: Batch, table: (name: string) => Table, label: (subscriber: string) => string): void {
    this.transaction(() => {
      const { checkpoint, changes, aside = [] } = batch;
      if (checkpoint && this.position(label(checkpoint.subscriber)) !== checkpoint.after)
        throw new StaleCheckpoint(`${checkpoint.subscriber} is not at ${checkpoint.after}`);
      for (const change of [...changes, ...aside]) table(change.in).apply(change);
      if (checkpoint) this.writeCheckpoint.run(label(checkpoint.subscriber), checkpoint.position);
    }, batch.durable);
  }

  /** A rebuild that was cut off leaves a generation that serves nobody. */
  private dropUnfinished(only?: readonly number[], label?: string): void {
    const rows = this.db.prepare('SELECT no FROM generation WHERE no NOT IN (SELECT serving FROM collection)').all() as unknown as {
      no: number;
    }[];
    for (const { no } of rows.filter((row) => !only || only.includes(row.no))) {
      Table.remove(this.db, no);
      this.db.prepare('DELETE FROM generation WHERE no = ?').run(no);
    }
    if (label === undefined) this.db.exec("DELETE FROM checkpoint WHERE subscriber LIKE '#%'");
    else this.db.prepare('DELETE FROM checkpoint WHERE subscriber = ?').run(label);
  }

  private createTable({ name, indexes }: Collection, serving: boolean): number {
    const no = Number(this.db.prepare('INSERT INTO generation (collection) VALUES (?)').run(name).lastInsertRowid);
    Table.create(this.db, no, indexes);
    if (serving) this.db.prepare('INSERT INTO collection (name, serving, indexes) VALUES (?, ?, ?)').run(name, no, JSON.stringify(indexes));
    return no;
  }

  private position(subscriber: string): string {
    return (this.readCheckpoint.get(subscriber) as { position: string } | undefined)?.position ?? 'start';
  }

  private table(name: string): Table {
    const table = this.serving.get(name);
    if (!table) throw new BadQuery(`collection ${name}: declare it first`);
    return table;
  }

  private all({ text, values }: Sql): unknown[] {
    let statement = this.statements.get(text);
    if (!statement) {
      if (this.statements.size >= maxStatements) this.statements.clear();
      statement = this.db.prepare(text);
      this.statements.set(text, statement);
    }
    return statement.all(...values);
  }

  private transaction<T>(work: () => T, durable = false): T {
    return this.guarded(() => {
      if (durable) this.db.exec('PRAGMA synchronous = FULL');
      try {
        this.db.exec('BEGIN IMMEDIATE');
        const result = work();
        this.db.exec('COMMIT');
        return result;
      } catch (error) {
        // A full disk ends the transaction by itself.
        if (this.db.isTransaction) this.db.exec('ROLLBACK');
        throw error;
      } finally {
        if (durable) this.db.exec('PRAGMA synchronous = NORMAL');
      }
    });
  }

  private guarded<T>(work: () => T): T {
    if (this.closed) throw new ReadModelUnavailable(`${this.file} is closed`);
    try {
      return work();
    } catch (error) {
      throw asPortError(this.file, error);
    }
  }
}
