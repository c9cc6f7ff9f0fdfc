// What emmett's SQLite store uses of the native sqlite3 package, over node:sqlite, because that package needs an install script or a compiler.
// It favours emmett: statements are kept prepared and nothing crosses into another thread, both of which the native package pays for each call.
import { DatabaseSync } from 'node:sqlite';

const kept = 200;

class Database {
  #statements = new Map();

  constructor(file) {
    this.database = new DatabaseSync(file);
  }

  run(sql, ...rest) {
    return this.#answer(rest, (values) => {
      const { changes, lastInsertRowid } = this.#prepared(sql).run(...values);
      return { changes, lastID: lastInsertRowid };
    });
  }

  all(sql, ...rest) {
    return this.#answer(rest, (values) => ({ rows: this.#prepared(sql).all(...values) }));
  }

  get(sql, ...rest) {
    return this.#answer(rest, (values) => ({ rows: this.#prepared(sql).get(...values) }));
  }

  close(callback) {
    this.#statements.clear();
    this.database.close();
    callback?.(null);
  }

  #prepared(sql) {
    const known = this.#statements.get(sql);
    if (known) return known;
    if (this.#statements.size >= kept) this.#statements.clear();
    const statement = this.database.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  /** The parameters may be left out; the callback comes last, and is called later, never at once. */
  #answer(rest, work) {
    const callback = typeof rest.at(-1) === 'function' ? rest.pop() : undefined;
    const [values = []] = rest;
    try {
      const result = work(values.map(bindable));
      queueMicrotask(() => callback?.call(result, null, result.rows));
    } catch (error) {
      if (error.errcode === 5 || error.errcode === 6) error.code = 'SQLITE_BUSY';
      queueMicrotask(() => callback?.call({}, error));
    }
    return this;
  }
}

/** As the native package does: what it cannot bind becomes text. */
const bindable = (value) => {
  if (value === undefined) return null;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) ? String(value) : value;
};

export default { Database, OPEN_URI: 0x40, OPEN_READWRITE: 0x2, OPEN_CREATE: 0x4 };
