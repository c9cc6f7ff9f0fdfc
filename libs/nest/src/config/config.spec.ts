import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, readConfig } from './config.js';
import { embedded } from './engine-settings.js';

describe('configuration', () => {
  it('has safe defaults: production, this machine only', () => {
    expect(readConfig({}, '/srv/waymark')).toEqual({
      profile: 'production',
      dataFolder: '/srv/waymark/data',
      keysFolder: '/srv/waymark/data/keys',
      host: '127.0.0.1',
      port: 3000,
      logLevel: 'warn',
      demo: false,
      ...embedded,
    });
  });

  const apart = {
    WAYMARK_STORE: 'postgres',
    WAYMARK_POSTGRES_URL: 'postgres://waymark:secret@db:5432/waymark',
    WAYMARK_BUS: 'kafka',
    WAYMARK_KAFKA_BROKERS: 'kafka-1:9092, kafka-2:9092',
    WAYMARK_READ_MODELS: 'mongodb',
    WAYMARK_MONGODB_URL: 'mongodb://mongo:27017',
    WAYMARK_MASTER_KEY: 'a-key',
  };

  it('takes the engines of services that run apart', () => {
    expect(readConfig({ ...apart, WAYMARK_KAFKA_REPLICATION: '3', WAYMARK_MONGODB_DATABASE: 'early_help' }, '/srv')).toMatchObject({
      store: { engine: 'postgres', url: apart.WAYMARK_POSTGRES_URL },
      bus: { engine: 'kafka', brokers: ['kafka-1:9092', 'kafka-2:9092'], partitions: 8, replication: 3, tls: false },
      readModels: { engine: 'mongodb', url: apart.WAYMARK_MONGODB_URL, database: 'early_help', masterKey: 'a-key' },
    });
  });

  it('B9 takes the former master key beside the one in force, as a secret too', () => {
    const given = { ...apart, WAYMARK_MASTER_KEY_PREVIOUS_FILE: '/run/secrets/former' };
    expect(readConfig(given, '/srv', () => 'former\n')).toMatchObject({ readModels: { masterKey: 'a-key', previousMasterKey: 'former' } });
  });

  it('reads secrets from files', () => {
    const { WAYMARK_MASTER_KEY: _, ...rest } = apart;
    const files: Readonly<Record<string, string>> = { '/run/secrets/key': 'from-a-file\n', '/srv/password': 'pass' };
    const readFile = (path: string) => files[path] ?? '';
    const given = {
      ...rest,
      WAYMARK_MASTER_KEY_FILE: '/run/secrets/key',
      WAYMARK_KAFKA_USERNAME: 'waymark',
      WAYMARK_KAFKA_PASSWORD_FILE: 'password',
    };
    expect(readConfig(given, '/srv', readFile)).toMatchObject({
      readModels: { masterKey: 'from-a-file' },
      bus: { user: { name: 'waymark', password: 'pass' } },
    });
  });

  it.each([
    [{ ...apart, WAYMARK_POSTGRES_URL: undefined }, /^WAYMARK_POSTGRES_URL: needed where WAYMARK_STORE is postgres$/],
    [{ WAYMARK_POSTGRES_URL: apart.WAYMARK_POSTGRES_URL }, /^WAYMARK_POSTGRES_URL: set, but WAYMARK_STORE is sqlite, not postgres$/],
    [{ ...apart, WAYMARK_STORE: 'oracle' }, /^WAYMARK_STORE: /],
    [{ ...apart, WAYMARK_KAFKA_BROKERS: 'kafka' }, /^WAYMARK_KAFKA_BROKERS: must be a list like kafka-1:9092/],
    [{ ...apart, WAYMARK_KAFKA_PARTITIONS: '0' }, /^WAYMARK_KAFKA_PARTITIONS: must be a whole number from 1 to 1000$/],
    [{ ...apart, WAYMARK_MASTER_KEY: undefined }, /^WAYMARK_MASTER_KEY: needed where WAYMARK_READ_MODELS is mongodb$/],
    [
      { WAYMARK_MASTER_KEY_PREVIOUS: 'a-key' },
      /^WAYMARK_MASTER_KEY_PREVIOUS: set, but WAYMARK_MASTER_KEY, which it is the former value of, is not$/,
    ],
    [{ ...apart, WAYMARK_KAFKA_USERNAME: 'waymark' }, /^WAYMARK_KAFKA_PASSWORD: needed beside the other/],
    [{ ...apart, WAYMARK_MASTER_KEY_FILE: '/run/secrets/key' }, /^WAYMARK_MASTER_KEY_FILE: WAYMARK_MASTER_KEY is set as well/],
    [{ ...apart, WAYMARK_MONGODB_URL: 'mongo:27017' }, /^WAYMARK_MONGODB_URL: must be an address like mongodb:/],
  ])('%j stops: %s', (environment, message) => {
    expect(() => readConfig(environment, '/srv')).toThrow(message);
  });

  it('names a file that cannot be read or holds nothing, and never what stands in a secret', () => {
    const missing = { ...apart, WAYMARK_MASTER_KEY: undefined, WAYMARK_MASTER_KEY_FILE: '/no/such/file' };
    expect(() => readConfig(missing, '/srv')).toThrow(/WAYMARK_MASTER_KEY_FILE: \/no\/such\/file cannot be read \(ENOENT\)/);
    expect(() => readConfig(missing, '/srv', () => ' \n')).toThrow(/WAYMARK_MASTER_KEY_FILE: \/no\/such\/file is empty/);
    const wrong = { ...apart, WAYMARK_POSTGRES_URL: 'mysql://waymark:secret@db' };
    expect(() => readConfig(wrong, '/srv')).toThrow(/WAYMARK_POSTGRES_URL: must be an address/);
    expect(() => readConfig(wrong, '/srv')).not.toThrow(/secret@/);
  });

  it('takes what is set', () => {
    const config = readConfig(
      { WAYMARK_PROFILE: 'development', WAYMARK_DATA: '/var/waymark', WAYMARK_KEYS: 'elsewhere', PORT: '0' },
      '/srv',
    );
    expect(config).toMatchObject({ profile: 'development', dataFolder: '/var/waymark', keysFolder: '/srv/elsewhere', port: 0, demo: true });
  });

  it('never loads the demonstration outside the development profile', () => {
    expect(readConfig({ WAYMARK_DEMO: 'on' }, '/srv').demo).toBe(false);
    expect(readConfig({ WAYMARK_PROFILE: 'development', WAYMARK_DEMO: 'off' }, '/srv').demo).toBe(false);
  });

  it.each([
    [{ PORT: 'http' }, /PORT: must be a port number/],
    [{ PORT: '70000' }, /PORT: must be a port number/],
    [{ WAYMARK_PROFILE: 'prod' }, /WAYMARK_PROFILE/],
    [{ WAYMARK_DATA: '' }, /WAYMARK_DATA/],
    [{ WAYMARK_DAAT: '/x' }, /WAYMARK_DAAT: there is no such setting/],
  ])('%j stops with the variable and the reason', (environment, message) => {
    expect(() => readConfig(environment, '/srv')).toThrow(ConfigurationError);
    expect(() => readConfig(environment, '/srv')).toThrow(message);
  });

  it('names every variable at fault at once', () => {
    expect(() => readConfig({ PORT: 'x', WAYMARK_PROFILE: 'x' }, '/srv')).toThrow(/WAYMARK_PROFILE[\s\S]*PORT|PORT[\s\S]*WAYMARK_PROFILE/);
  });
});
