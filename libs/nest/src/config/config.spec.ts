import { describe, expect, it } from '@jest/globals';
import { ConfigurationError, readConfig } from './config.js';

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
    });
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
