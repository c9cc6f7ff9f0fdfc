import { z } from 'zod';

/** Where the event log is kept. */
export type StoreSettings =
  | { readonly engine: 'sqlite' }
  | { readonly engine: 'postgres'; readonly url: string }
  | { readonly engine: 'kurrentdb'; readonly url: string };

/** The bus over which services send each other messages. */
export type BusSettings = { readonly engine: 'embedded' } | KafkaSettings;

export interface KafkaSettings {
  readonly engine: 'kafka';
  /** `host:port`. */
  readonly brokers: readonly string[];
  /** Of each topic that is made; for good, since a case stays where its key lies. */
  readonly partitions: number;
  readonly replication: number;
  readonly tls: boolean;
  readonly user?: { readonly name: string; readonly password: string };
  /** Before every topic and group, where several deployments share a cluster. No variable sets it. */
  readonly prefix?: string;
  /** How soon a lost process's share goes to others; the bus's own default where it is left out. No variable sets it. */
  readonly sessionTimeoutMs?: number;
}

/** Where read models, replicas and checkpoints are kept, and with them keys, leases and remembered answers. */
export type ReadModelSettings = { readonly engine: 'sqlite' } | MongoSettings;

export interface MongoSettings {
  readonly engine: 'mongodb';
  readonly url: string;
  /** By default one for each service, `waymark_<service>`. */
  readonly database?: string;
  /** Wraps every data key; as text, see `masterKeyFrom`. */
  readonly masterKey: string;
  /** The one before, while the keys are being wrapped anew. */
  readonly previousMasterKey?: string;
}

export interface EngineSettings {
  readonly store: StoreSettings;
  readonly bus: BusSettings;
  readonly readModels: ReadModelSettings;
}

/** Everything in files of one process. */
export const embedded: EngineSettings = { store: { engine: 'sqlite' }, bus: { engine: 'embedded' }, readModels: { engine: 'sqlite' } };

const url = (protocol: RegExp, example: string) => z.string().regex(protocol, `must be an address like ${example}`).optional();
const whole = (from: number, to: number, usual: number) =>
  z
    .string()
    .regex(/^\d{1,4}$/, `must be a whole number from ${from} to ${to}`)
    .default(String(usual))
    .transform(Number)
    .refine((value) => value >= from && value <= to, `must be a whole number from ${from} to ${to}`);

const broker = /^[\w.-]+:\d{1,5}$/;

export const engineVariables = {
  WAYMARK_STORE: z.enum(['sqlite', 'postgres', 'kurrentdb']).default('sqlite'),
  WAYMARK_POSTGRES_URL: url(/^postgres(ql)?:\/\/\S+$/, 'postgres://user:password@host:5432/waymark'),
  WAYMARK_KURRENTDB_URL: url(/^(kurrentdb|esdb)(\+discover)?:\/\/\S+$/, 'kurrentdb://host:2113'),
  WAYMARK_BUS: z.enum(['embedded', 'kafka']).default('embedded'),
  WAYMARK_KAFKA_BROKERS: z
    .string()
    .transform((list) => list.split(',').map((each) => each.trim()))
    .refine((list) => list.every((each) => broker.test(each)), 'must be a list like kafka-1:9092,kafka-2:9092')
    .optional(),
  WAYMARK_KAFKA_PARTITIONS: whole(1, 1000, 8),
  WAYMARK_KAFKA_REPLICATION: whole(1, 9, 1),
  WAYMARK_KAFKA_TLS: z.enum(['on', 'off']).default('off'),
  WAYMARK_KAFKA_USERNAME: z.string().min(1).optional(),
  WAYMARK_KAFKA_PASSWORD: z.string().min(1).optional(),
  WAYMARK_READ_MODELS: z.enum(['sqlite', 'mongodb']).default('sqlite'),
  WAYMARK_MONGODB_URL: url(/^mongodb(\+srv)?:\/\/\S+$/, 'mongodb://user:password@host:27017'),
  WAYMARK_MONGODB_DATABASE: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,40}$/, 'must be small letters, digits and underscores')
    .optional(),
  WAYMARK_MASTER_KEY: z.string().min(1).optional(),
  WAYMARK_MASTER_KEY_PREVIOUS: z.string().min(1).optional(),
};

type Variables = z.infer<z.ZodObject<typeof engineVariables>>;
type Read = { readonly faults: readonly string[]; readonly settings: EngineSettings };

/** What one engine needs, and that nothing is set for an engine that was not chosen: a slip there would put the event log in the wrong place. */
export const enginesFrom = (set: Variables): Read => {
  const faults = [
    ...needs(set, 'WAYMARK_STORE', 'postgres', ['WAYMARK_POSTGRES_URL']),
    ...needs(set, 'WAYMARK_STORE', 'kurrentdb', ['WAYMARK_KURRENTDB_URL']),
    ...needs(set, 'WAYMARK_BUS', 'kafka', ['WAYMARK_KAFKA_BROKERS']),
    ...needs(set, 'WAYMARK_READ_MODELS', 'mongodb', ['WAYMARK_MONGODB_URL', 'WAYMARK_MASTER_KEY']),
    ...belongs(set, 'WAYMARK_MASTER_KEY_PREVIOUS', 'WAYMARK_MASTER_KEY'),
    ...pair(set),
  ];
  return { faults, settings: { store: storeOf(set), bus: busOf(set), readModels: readModelsOf(set) } };
};

const needs = (set: Variables, choice: keyof Variables, engine: string, names: readonly (keyof Variables)[]): readonly string[] => {
  const chosen = set[choice] === engine;
  return names
    .filter((name) => chosen === (set[name] === undefined))
    .map((name) =>
      chosen ? `${name}: needed where ${choice} is ${engine}` : `${name}: set, but ${choice} is ${String(set[choice])}, not ${engine}`,
    );
};

const belongs = (set: Variables, name: keyof Variables, to: keyof Variables): readonly string[] =>
  set[name] !== undefined && set[to] === undefined ? [`${name}: set, but ${to}, which it is the former value of, is not`] : [];

const pair = ({ WAYMARK_KAFKA_USERNAME: name, WAYMARK_KAFKA_PASSWORD: password }: Variables): readonly string[] =>
  (name === undefined) === (password === undefined)
    ? []
    : [`${name === undefined ? 'WAYMARK_KAFKA_USERNAME' : 'WAYMARK_KAFKA_PASSWORD'}: needed beside the other; set both or neither`];

const storeOf = ({ WAYMARK_STORE: engine, WAYMARK_POSTGRES_URL, WAYMARK_KURRENTDB_URL }: Variables): StoreSettings => {
  if (engine === 'sqlite') return { engine };
  return { engine, url: (engine === 'postgres' ? WAYMARK_POSTGRES_URL : WAYMARK_KURRENTDB_URL) ?? '' };
};

const busOf = (set: Variables): BusSettings => {
  if (set.WAYMARK_BUS === 'embedded') return { engine: 'embedded' };
  const { WAYMARK_KAFKA_USERNAME: name, WAYMARK_KAFKA_PASSWORD: password } = set;
  return {
    engine: 'kafka',
    brokers: set.WAYMARK_KAFKA_BROKERS ?? [],
    partitions: set.WAYMARK_KAFKA_PARTITIONS,
    replication: set.WAYMARK_KAFKA_REPLICATION,
    tls: set.WAYMARK_KAFKA_TLS === 'on',
    ...(name !== undefined && password !== undefined ? { user: { name, password } } : {}),
  };
};

const readModelsOf = (set: Variables): ReadModelSettings => {
  if (set.WAYMARK_READ_MODELS === 'sqlite') return { engine: 'sqlite' };
  const { WAYMARK_MONGODB_URL: address = '', WAYMARK_MASTER_KEY: masterKey = '', WAYMARK_MONGODB_DATABASE: database } = set;
  const previous = set.WAYMARK_MASTER_KEY_PREVIOUS;
  return {
    ...{ engine: 'mongodb', url: address, masterKey },
    ...(previous === undefined ? {} : { previousMasterKey: previous }),
    ...(database === undefined ? {} : { database }),
  };
};
