import { closeSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { NonEmpty } from '@waymark/kernel';
import { BusUnavailable, BusUnusable } from '../bus.js';
import { LogBus, type LogBusOptions } from '../log-bus.js';
import { placeName } from '../places.js';
import type { EndOffsets, GroupOffsets } from '../offsets.js';
import type { Entry, Partition, Stored, TopicLog } from '../topic-log.js';
import { Flusher } from './flusher.js';

const applicationId = 0x57627573; // "Wbus"
const schemaVersion = 2;
const schema = `
  CREATE TABLE topic (no INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
  CREATE TABLE message (topic INTEGER NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (topic, partition, offset)) WITHOUT ROWID;
  CREATE TABLE group_offset (grp TEXT NOT NULL, topic INTEGER NOT NULL, partition INTEGER NOT NULL, next INTEGER NOT NULL, note TEXT, PRIMARY KEY (grp, topic, partition)) WITHOUT ROWID;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};`;

/** By the layout that it leads on from. Each runs in the transaction of the opening: a kill leaves the file as it was, or as it is then. */
const stepsOn: Readonly<Record<number, string>> = { 1: 'ALTER TABLE group_offset ADD COLUMN note TEXT' };

const codes = { busy: 5, readOnly: 8, io: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };
const codeOf = (error: unknown): number | undefined => {
  const code = (error as { errcode?: unknown } | undefined)?.errcode;
  return typeof code === 'number' ? code & 0xff : undefined;
};

const asPortError = (file: string, error: unknown): unknown => {
  const code = codeOf(error);
  if (code === codes.corrupt || code === codes.notADatabase)
    return new BusUnusable(`${file} is damaged or no bus file. Restore it from a backup`, { cause: error });
  if (code === codes.full) return new BusUnavailable(`${file}: the disk is full`, { cause: error });
  if (code === codes.readOnly || code === codes.io || code === codes.busy || code === codes.cannotOpen)
    return new BusUnavailable(`${file} cannot be written now`, { cause: error });
  return error;
};

const value = (db: DatabaseSync, sql: string): unknown => Object.values(db.prepare(sql).get() ?? {})[0];

const assertPragma = (db: DatabaseSync, file: string, name: string, expected: string | number): void => {
  if (value(db, `PRAGMA ${name}`) !== expected)
    throw new BusUnusable(`${file}: SQLite did not accept ${name}=${expected}; is the folder on a network drive?`);
};

const claim = (db: DatabaseSync, file: string): void => {
  if (value(db, 'SELECT count(*) FROM sqlite_schema') === 0) db.exec(schema);
  else if (value(db, 'PRAGMA application_id') !== applicationId)
    throw new BusUnusable(`${file} is not a bus file; point the bus at another path`);
  else moveOn(db, file, Number(value(db, 'PRAGMA user_version')));
};

/** From an earlier layout to this one. @throws BusUnusable for a later one */
const moveOn = (db: DatabaseSync, file: string, from: number): void => {
  for (let layout = from; layout !== schemaVersion; layout += 1) {
    const step = stepsOn[layout];
    if (step === undefined)
      throw new BusUnusable(
        `${file} is of another layout (${from}) than this build reads (up to ${schemaVersion}). Run the build that wrote it`,
      );
    db.exec(`${step}; PRAGMA user_version = ${layout + 1}`);
  }
};

/**
 * WAL, synchronous=NORMAL, one process: whoever publishes waits for the disk beside the process's own thread ({@link Flusher}). All else, how far
 * the groups have come, need not wait: an offset that a power cut takes back means a message twice, which a consumer takes care of anyway.
 * @throws BusUnusable
 */
const openFile = (file: string): DatabaseSync => {
  let db: DatabaseSync | undefined;
  try {
    closeSync(openSync(file, 'a', 0o600));
    db = new DatabaseSync(file);
    db.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    assertPragma(db, file, 'journal_mode', 'wal');
    assertPragma(db, file, 'synchronous', 1);
    db.exec('BEGIN EXCLUSIVE');
    claim(db, file);
    db.exec('COMMIT');
    return db;
  } catch (error) {
    db?.close();
    if (codeOf(error) === codes.busy)
      throw new BusUnusable(`${file} is in use by another process. Stop that one, or give this one another data folder`, { cause: error });
    if (['EACCES', 'ENOENT'].includes(String((error as { code?: unknown }).code)))
      throw new BusUnusable(`${file} cannot be opened. Check that its folder is there and may be written`, { cause: error });
    throw asPortError(file, error);
  }
};

/** The topic log in one SQLite file. */
class SqliteTopicLog implements TopicLog {
  private readonly db: DatabaseSync;
  private readonly topics = new Map<string, { readonly no: number; readonly ends: ReadonlyMap<number, number> }>();
  private readonly offsets = new Map<string, number>();
  private readonly notes = new Map<string, string | undefined>();
  private readonly insert: StatementSync;
  private readonly select: StatementSync;
  private readonly enter: StatementSync;
  private readonly move: StatementSync;
  private readonly stands: StatementSync;
  private readonly flusher: Flusher;
  /** What kept a message from the disk. The file holds it all the same, and nothing behind it is safe: it has to be read anew. */
  private doubt: unknown;

  constructor(private readonly file: string) {
    this.db = openFile(file);
    this.flusher = new Flusher(`${file}-wal`);
    this.insert = this.db.prepare('INSERT INTO message (topic, partition, offset, value) VALUES (?, ?, ?, ?)');
    this.select = this.db.prepare(
      'SELECT offset, value FROM message WHERE topic = ? AND partition = ? AND offset >= ? ORDER BY offset LIMIT ?',
    );
    this.enter = this.db.prepare('INSERT OR IGNORE INTO group_offset (grp, topic, partition, next) VALUES (?, ?, ?, 0)');
    this.move = this.db.prepare('UPDATE group_offset SET next = ?, note = ? WHERE grp = ? AND topic = ? AND partition = ?');
    this.stands = this.db.prepare(`SELECT t.name || ' ' || g.partition AS place, g.next,
      coalesce((SELECT max(offset) + 1 FROM message m WHERE m.topic = g.topic AND m.partition = g.partition), 0) AS end
      FROM group_offset g JOIN topic t ON t.no = g.topic WHERE g.grp = ?`);
  }

  async append(topic: string, entries: NonEmpty<Entry>): Promise<void> {
    this.assertSure();
    this.insertAll(topic, entries);
    try {
      await this.flusher.flush();
    } catch (error) {
      this.doubt = error;
      this.assertSure();
    }
  }

  private assertSure(): void {
    if (this.doubt !== undefined)
      throw new BusUnavailable(`${this.file}: a message did not reach the disk; restart, so that the file is read anew`, {
        cause: this.doubt,
      });
  }

  private insertAll(topic: string, entries: NonEmpty<Entry>): void {
    const { no, ends } = this.topic(topic);
    const next = new Map(ends);
    // A commit that failed may stand on the disk all the same: the ends are read again after an error.
    this.topics.delete(topic);
    this.transaction(() => {
      for (const { partition, value } of entries) {
        const offset = next.get(partition) ?? 0;
        this.insert.run(no, partition, offset, value);
        next.set(partition, offset + 1);
      }
    });
    this.topics.set(topic, { no, ends: next });
  }

  read({ topic, partition }: Partition, from: number, limit: number): readonly Stored[] {
    const { no, ends } = this.topic(topic);
    if (from >= (ends.get(partition) ?? 0)) return [];
    return this.guarded(() => this.select.all(no, partition, from, limit) as unknown as Stored[]);
  }

  join(group: string, topic: string, partitions: number): void {
    const { no } = this.topic(topic);
    this.transaction(() => {
      for (let partition = 0; partition < partitions; partition += 1) this.enter.run(group, no, partition);
    });
    const rows = this.guarded(() =>
      this.db.prepare('SELECT partition, next, note FROM group_offset WHERE grp = ? AND topic = ?').all(group, no),
    );
    for (const { partition, next, note } of rows as { partition: number; next: number; note: string | null }[]) {
      this.offsets.set(`${group} ${no} ${partition}`, next);
      this.notes.set(`${group} ${no} ${partition}`, note ?? undefined);
    }
  }

  committed(group: string, { topic, partition }: Partition): number {
    return this.offsets.get(`${group} ${this.topic(topic).no} ${partition}`) ?? 0;
  }

  commit(group: string, { topic, partition }: Partition, next: number, note?: string): void {
    const { no } = this.topic(topic);
    this.transaction(() => this.move.run(next, note ?? null, group, no, partition));
    this.offsets.set(`${group} ${no} ${partition}`, next);
    this.notes.set(`${group} ${no} ${partition}`, note);
  }

  noteOf(group: string, { topic, partition }: Partition): string | undefined {
    return this.notes.get(`${group} ${this.topic(topic).no} ${partition}`);
  }

  endOffsets(topic: string, partitions: number): EndOffsets {
    const { ends } = this.topic(topic);
    return new Map(Array.from({ length: partitions }, (_, partition) => [placeName(topic, partition), ends.get(partition) ?? 0]));
  }

  groupOffsets(group: string): GroupOffsets {
    const rows = this.guarded(() => this.stands.all(group) as unknown as readonly { place: string; next: number; end: number }[]);
    return new Map(rows.map(({ place, next, end }) => [place, { next, end }]));
  }

  async close(): Promise<void> {
    await this.flusher.close();
    this.db.close();
  }

  private topic(name: string): { readonly no: number; readonly ends: ReadonlyMap<number, number> } {
    const known = this.topics.get(name);
    if (known) return known;
    return this.guarded(() => {
      this.db.prepare('INSERT OR IGNORE INTO topic (name) VALUES (?)').run(name);
      const { no } = this.db.prepare('SELECT no FROM topic WHERE name = ?').get(name) as { no: number };
      const rows = this.db
        .prepare('SELECT partition, max(offset) + 1 AS next FROM message WHERE topic = ? GROUP BY partition')
        .all(no) as unknown as { partition: number; next: number }[];
      const topic = { no, ends: new Map(rows.map(({ partition, next }) => [partition, next])) };
      this.topics.set(name, topic);
      return topic;
    });
  }

  private transaction(work: () => void): void {
    this.guarded(() => {
      try {
        this.db.exec('BEGIN IMMEDIATE');
        work();
        this.db.exec('COMMIT');
      } catch (error) {
        // A full disk ends the transaction by itself.
        if (this.db.isTransaction) this.db.exec('ROLLBACK');
        throw error;
      }
    });
  }

  private guarded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asPortError(this.file, error);
    }
  }
}

/** The bus in one SQLite file, for one process: messages, and how far each group has come, survive it. */
export class SqliteBus extends LogBus {
  /** @throws BusUnusable when the file is damaged, of another layout, or in use by another process */
  constructor(file: string, options: LogBusOptions) {
    super(new SqliteTopicLog(file), options);
  }
}
