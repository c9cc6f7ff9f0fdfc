import { isAbsolute, resolve } from 'node:path';
import { ConfigurationError } from './config.js';
import { engineVariables, type StoreSettings } from './engine-settings.js';
import { withSecretFiles, type ReadFile } from './secret-files.js';

/** Where a record is, for a command that works on one while nothing else does. `dataFolder` counts for SQLite alone. */
export interface RecordPlace {
  readonly store: StoreSettings;
  readonly dataFolder: string;
}

const words = 'sqlite (in WAYMARK_DATA), sqlite:<folder>, postgres (at WAYMARK_POSTGRES_URL) or kurrentdb (at WAYMARK_KURRENTDB_URL)';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads where a record is from what was typed. An address with a password stands in the environment or a file, never in what is typed, which every user of
 * the machine can see.
 * @throws ConfigurationError
 */
export const recordPlaceOf = (typed: string, environment: Environment, folder: string, readFile?: ReadFile): RecordPlace => {
  const [engine = '', ...rest] = typed.split(':');
  const named = rest.join(':');
  if (engine === 'sqlite') return inFolder(named, environment, folder);
  if ((engine === 'postgres' || engine === 'kurrentdb') && named === '')
    return { store: { engine, url: addressOf(engine, environment, folder, readFile) }, dataFolder: folder };
  throw new ConfigurationError(`${engine || '(nothing)'}: name a record as ${words}`);
};

const inFolder = (named: string, environment: Environment, folder: string): RecordPlace => {
  const at = named === '' ? (environment.WAYMARK_DATA ?? 'data') : named;
  return { store: { engine: 'sqlite' }, dataFolder: isAbsolute(at) ? at : resolve(folder, at) };
};

const variableOf = { postgres: 'WAYMARK_POSTGRES_URL', kurrentdb: 'WAYMARK_KURRENTDB_URL' } as const;

const addressOf = (engine: keyof typeof variableOf, environment: Environment, folder: string, readFile?: ReadFile): string => {
  const variable = variableOf[engine];
  const told = withSecretFiles(environment, [variable], folder, readFile);
  const parsed = engineVariables[variable].safeParse(told.environment[variable]);
  const faults = [...told.faults, ...(parsed.error?.issues ?? []).map(({ message }) => `${variable}: ${message}`)];
  if (faults.length > 0) throw new ConfigurationError(faults.join('\n'));
  if (parsed.data === undefined) throw new ConfigurationError(`${variable}: needed to reach the record in ${engine}`);
  return parsed.data;
};
