import { parseArgs } from 'node:util';
import { migrate } from './migrate.js';

const usage = `Moves the record to another engine. Stop Waymark first.

  npm run migrate -- --from sqlite --to postgres

A record is named as sqlite (in WAYMARK_DATA), sqlite:<folder>, postgres (at WAYMARK_POSTGRES_URL) or kurrentdb (at WAYMARK_KURRENTDB_URL).
`;
const next = `
Before Waymark starts on it: set WAYMARK_STORE, leave the keys where they are, and move read-models.db and bus.db (or the databases and topics that stand
for them) away, since their places are those of the other engine; both are made again from the record.`;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const typed = (): { from?: string; to?: string } => {
  try {
    return parseArgs({ options: { from: { type: 'string' }, to: { type: 'string' } } }).values;
  } catch {
    return {};
  }
};

const { from, to } = typed();
if (from === undefined || to === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else
  try {
    process.umask(0o077);
    await migrate({ from, to, environment: process.env, folder: process.cwd(), say });
    say(next);
  } catch (error) {
    const { name, message } = error as Error;
    const begun = name === 'ConfigurationError' ? '' : ' What was copied so far is taken up by the next try.';
    process.stderr.write(`The record was not moved.${begun}\n${message}\n`);
    process.exitCode = 1;
  }
