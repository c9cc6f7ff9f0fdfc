import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventLogSuite } from '../../conformance/event-log.suite.js';
import { openSqliteEventLog } from './log.js';

eventLogSuite(
  'SQLite',
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'waymark-events-'));
    let opened = 0;
    const path = () => join(folder, `events-${opened}.db`);
    return {
      open: async (clock) => {
        opened += 1;
        return openSqliteEventLog({ path: path(), clock });
      },
      reopen: async (clock) => openSqliteEventLog({ path: path(), clock }),
      afterCrash: async (clock) => {
        const crashed = join(folder, 'crashed.db');
        for (const suffix of ['', '-wal']) if (existsSync(path() + suffix)) copyFileSync(path() + suffix, crashed + suffix);
        return openSqliteEventLog({ path: crashed, clock });
      },
      remove: async () => rmSync(folder, { recursive: true }),
    };
  },
  { durable: true },
);
