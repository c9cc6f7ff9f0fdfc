import { DatabaseSync } from 'node:sqlite';
import type { IdempotencyStore, Remembered } from './idempotency-store.js';

const keptDays = 30;

/** Answers in a file. `synchronous=NORMAL`: what a power cut may take is harmless here, see {@link IdempotencyStore}. */
export const sqliteIdempotencyStore = (file: string): IdempotencyStore => {
  const db = new DatabaseSync(file);
  db.exec(`PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA busy_timeout=2000; PRAGMA secure_delete=ON;
    CREATE TABLE IF NOT EXISTS answers (command_id TEXT PRIMARY KEY, remembered TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS answers_at ON answers (at);`);
  const select = db.prepare('SELECT remembered FROM answers WHERE command_id = ?');
  const insert = db.prepare('INSERT OR IGNORE INTO answers (command_id, remembered, at) VALUES (?, ?, ?)');
  const forget = db.prepare('DELETE FROM answers WHERE at < ?');
  let sinceForgetting = 0;
  return {
    find: (commandId) => {
      const row = select.get(commandId) as { remembered: string } | undefined;
      return Promise.resolve(row && (JSON.parse(row.remembered) as Remembered));
    },
    remember: (commandId, remembered, at) => {
      insert.run(commandId, JSON.stringify(remembered), at);
      if (++sinceForgetting >= 1000) {
        sinceForgetting = 0;
        forget.run(new Date(Date.parse(at) - keptDays * 86_400_000).toISOString());
      }
      return Promise.resolve();
    },
    forgetAll: () => {
      db.exec('DELETE FROM answers; PRAGMA wal_checkpoint(TRUNCATE)');
      return Promise.resolve();
    },
    close: () => {
      db.close();
      return Promise.resolve();
    },
  };
};
