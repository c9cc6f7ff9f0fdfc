import { monotonicMs } from '@waymark/async';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { copyLog, RecordedClock, type EventLog } from '@waymark/event-store';
import { ConfigurationError, makeFolder, openLog, recordPlaceOf, systemClock, type RecordPlace } from '@waymark/nest';

interface Call {
  /** As typed: `sqlite`, `sqlite:<folder>`, `postgres`, `kurrentdb`. */
  readonly from: string;
  readonly to: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What names of folders are read from. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

const everyMs = 2_000;

/**
 * Moves a record to another engine, or another folder: events, versions, commands and dates as they are. The record that it comes from is only read.
 * @throws ConfigurationError, StoreUnusable, StoreUnavailable
 */
export const migrate = async ({ from, to, environment, folder, say }: Call): Promise<void> => {
  const [source, target] = [recordPlaceOf(from, environment, folder), recordPlaceOf(to, environment, folder)];
  assertApart(source, target);
  assertThere(source);
  if (target.store.engine === 'sqlite') makeFolder(target.dataFolder);
  const clock = new RecordedClock();
  const opened: EventLog[] = [];
  try {
    const original = await openLog(source, systemClock);
    opened.push(original);
    const copy = await openLog(target, clock);
    opened.push(copy);
    let saidMs = monotonicMs();
    const progress = (events: number) => {
      if (monotonicMs() < saidMs + everyMs) return;
      saidMs = monotonicMs();
      say(`  ${events} events`);
    };
    say(`Copying the record from ${from} to ${to} …`);
    const { found, copied } = await copyLog({ from: original, to: copy, clock, progress });
    say(
      `Copied ${copied} events${found === 0 ? '' : `, after ${found} that were there already`}; both records were compared and are the same.`,
    );
  } finally {
    for (const log of opened.reverse()) await log.close();
  }
};

const placeOf = ({ store, dataFolder }: RecordPlace): string => (store.engine === 'sqlite' ? `sqlite:${dataFolder}` : store.engine);

const assertApart = (source: RecordPlace, target: RecordPlace): void => {
  if (placeOf(source) === placeOf(target))
    throw new ConfigurationError(
      `--from and --to name the same place, ${placeOf(source)}. Copy between two PostgreSQL or KurrentDB servers with their own tools.`,
    );
};

/** Opening it would make an empty record, and an empty copy would pass for a good one. */
const assertThere = ({ store, dataFolder }: RecordPlace): void => {
  const file = join(dataFolder, 'events.db');
  if (store.engine === 'sqlite' && !existsSync(file)) throw new ConfigurationError(`--from: there is no record at ${file}`);
};
