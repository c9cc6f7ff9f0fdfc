import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { engineVariables, enginesFrom, type EngineSettings } from './engine-settings.js';
import { withSecretFiles, type ReadFile } from './secret-files.js';

export const profiles = ['production', 'development'] as const;
export type Profile = (typeof profiles)[number];

/** What an operator sets. Every value has a variable, a default and a check; nothing else is read from the environment. */
export interface Config extends EngineSettings {
  /** `development` allows a development identity in a header and a clock that can be set; never use it with real families. */
  readonly profile: Profile;
  /** Where everything is kept that is kept in files; absolute. */
  readonly dataFolder: string;
  /** Where the master key is kept; by default in the data folder, better on another disk. */
  readonly keysFolder: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug';
  /** Whether an empty development store is filled with the invented demonstration borough. */
  readonly demo: boolean;
}

/** A variable has a value that cannot be used. One line per variable: which, why and what would do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}

const variables = z.object({
  WAYMARK_PROFILE: z.enum(profiles).default('production'),
  WAYMARK_DATA: z.string().min(1).default('data'),
  WAYMARK_KEYS: z.string().min(1).optional(),
  WAYMARK_HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
    .default('3000')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port number from 0 to 65535'),
  WAYMARK_LOG: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('warn'),
  WAYMARK_DEMO: z.enum(['on', 'off']).optional(),
  ...engineVariables,
});

/** Settings of the images, the tests and the benchmarks, which may be in a service's environment too. */
const ofTools = /^WAYMARK_(IMAGE|TEST|BENCH|JOURNEYS|BUILD)_|^WAYMARK_SECRETS$/;

/** Those that may hold a password or a key: each can be given as a file, in `<name>_FILE`. */
const secrets = [
  'WAYMARK_POSTGRES_URL',
  'WAYMARK_KURRENTDB_URL',
  'WAYMARK_MONGODB_URL',
  'WAYMARK_MASTER_KEY',
  'WAYMARK_MASTER_KEY_PREVIOUS',
  'WAYMARK_KAFKA_PASSWORD',
] as const satisfies readonly (keyof typeof variables.shape)[];

/**
 * Reads the configuration.
 * @throws ConfigurationError naming every variable at fault; also for a `WAYMARK_…` variable that there is not, which is likely a slip
 */
export const readConfig = (environment: Readonly<Record<string, string | undefined>>, folder: string, readFile?: ReadFile): Config => {
  const told = withSecretFiles(environment, secrets, folder, readFile);
  const known = Object.keys(variables.shape);
  const strangers = Object.keys(told.environment).filter(
    (name) => name.startsWith('WAYMARK_') && !known.includes(name) && !ofTools.test(name),
  );
  const parsed = variables.safeParse(told.environment);
  const engines = parsed.success ? enginesFrom(parsed.data) : { faults: [] };
  const faults = [
    ...told.faults,
    ...strangers.map((name) => `${name}: there is no such setting; the settings are ${known.join(', ')}, and for secrets <name>_FILE`),
    ...(parsed.success ? [] : parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)),
    ...engines.faults,
  ];
  if (!parsed.success || !('settings' in engines) || faults.length > 0) throw new ConfigurationError(faults.join('\n'));
  const set = parsed.data;
  const absolute = (path: string) => (isAbsolute(path) ? path : resolve(folder, path));
  const dataFolder = absolute(set.WAYMARK_DATA);
  return {
    profile: set.WAYMARK_PROFILE,
    dataFolder,
    keysFolder: set.WAYMARK_KEYS ? absolute(set.WAYMARK_KEYS) : resolve(dataFolder, 'keys'),
    host: set.WAYMARK_HOST,
    port: set.PORT,
    logLevel: set.WAYMARK_LOG,
    demo: set.WAYMARK_PROFILE === 'development' && set.WAYMARK_DEMO !== 'off',
    ...engines.settings,
  };
};
