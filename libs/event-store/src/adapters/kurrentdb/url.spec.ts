import { describe, expect, it, jest } from '@jest/globals';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { StoreUnusable } from '../../event-log.js';
import { addressOf } from './url.js';

const messageOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return `${(error as Error).message} ${JSON.stringify(error)} ${String((error as Error).cause)}`;
  }
  return 'no error';
};

describe('the URL of KurrentDB', () => {
  it.each([
    ['kurrentdb://127.0.0.1:2113?tls=false', 'KurrentDB at 127.0.0.1:2113'],
    ['kurrentdb://admin:secret@db.example:2113?tls=true', 'KurrentDB at db.example:2113'],
    ['kurrentdb+discover://admin:secret@db.example', 'KurrentDB at db.example'],
    ['kurrentdb://one:2113,two:2113/?tls=true&nodePreference=leader', 'KurrentDB at one:2113,two:2113'],
    [' esdb://admin:s%40cret@127.0.0.1:2113?tls=false&keepAliveInterval=10000 ', 'KurrentDB at 127.0.0.1:2113'],
  ])('%s is a place that can be named without its password', (url, place) => {
    const address = addressOf(url);
    expect(address.place).toBe(place);
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    expect(address.connect()).toBeInstanceOf(KurrentDBClient);
    warn.mockRestore();
  });

  const faulty = [
    ['', 'not a URL of KurrentDB'],
    ['mongodb://admin:secret@127.0.0.1', 'want kurrentdb://'],
    ['kurrentdb://admin:secret@', 'no host'],
    ['kurrentdb://admin:secret@127.0.0.1:port', 'no host'],
    ['kurrentdb://admin:sec/ret?@127.0.0.1', 'not known here'],
    ['kurrentdb://admin:secret@127.0.0.1?tsl=secret', 'not known here: tsl'],
    ['kurrentdb://admin:secret@127.0.0.1?throwOnAppendFailure=false', 'not known here: throwOnAppendFailure'],
    ['kurrentdb://admin:secret@127.0.0.1?tls=secret', 'cannot read its URL for KurrentDB at 127.0.0.1'],
    ['kurrentdb://admin:secret@127.0.0.1?tlsCAFile=/not/there.pem', 'check the files of certificates'],
  ];

  it.each(faulty)('%s is refused with what to fix, and without the password', (url, told) => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const said = messageOf(() => addressOf(url).connect());
    const warned = JSON.stringify(warn.mock.calls);
    warn.mockRestore();
    expect(said).toContain(told);
    expect(said + warned).not.toContain('secret');
    expect(() => addressOf(url).connect()).toThrow(StoreUnusable);
  });

  // Why it is checked before the client sees it.
  it('is repeated with its password by the client itself, in errors and on the console', () => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const said = faulty.map(([url]) => messageOf(() => KurrentDBClient.connectionString(url!)));
    const warned = JSON.stringify(warn.mock.calls);
    warn.mockRestore();
    expect(said.some((message) => message.includes('secret'))).toBe(true);
    expect(warned).toContain('secret');
  });
});
