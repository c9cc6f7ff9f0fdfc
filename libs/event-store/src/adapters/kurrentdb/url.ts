import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { StoreUnusable } from '../../event-log.js';

const schemes = ['kurrentdb', 'kurrent', 'kdb', 'esdb'].flatMap((scheme) => [scheme, `${scheme}+discover`]);
/** What the client reads. `throwOnAppendFailure` is left out on purpose: a refused append has to be an error. */
const settings = [
  'connectionName',
  'defaultDeadline',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'nodePreference',
  'tls',
  'tlsCAFile',
  'tlsVerifyCert',
  'userCertFile',
  'userKeyFile',
];
const flat = (name: string): string => name.toLowerCase().replace(/[_-]/g, '');
const known = new Set(settings.map(flat));

const wanted = 'want kurrentdb://user:password@host:2113?tls=true, or kurrentdb+discover:// for a cluster';

/** A database by its URL. */
export interface Address {
  /** What to call it in messages: its hosts. */
  readonly place: string;
  /** A new client for it; nothing is connected before its first use. */
  readonly connect: () => KurrentDBClient;
}

/**
 * Reads a URL. It is checked first, because the client's own complaints repeat it with its password, in errors and on the console.
 * @throws StoreUnusable saying what to fix, without the URL
 */
export const addressOf = (text: string): Address => {
  const url = text.trim().replace(/\/+$/, '');
  const place = placeOf(url);
  let made = 0;
  return { place, connect: () => clientOf(onItsOwn(withoutDelay(url), (made += 1)), place) };
};

const clientOf = (url: string, place: string): KurrentDBClient => {
  try {
    return KurrentDBClient.connectionString(url);
  } catch (error) {
    // Without its cause: that holds the whole URL. A file that is missing is named by nobody but the client.
    const file = (error as Error).message.includes('certificate') ? '; check the files of certificates that it names' : '';
    throw new StoreUnusable(`the client of KurrentDB cannot read its URL for ${place}: ${wanted}${file}`);
  }
};

/**
 * Clients of one process share a connection when all their settings are equal, and a new client would be given the one that went dead. So each has
 * another interval for its keep-alives, by a millisecond.
 */
const onItsOwn = (url: string, number: number): string => {
  const given = /([?&]keep[_-]?alive[_-]?interval=)(-?\d+)/i.exec(url);
  if (!given) return `${url}${url.includes('?') ? '&' : '?'}keepAliveInterval=${defaultKeepAliveMs + number}`;
  const [whole, name, ms] = given;
  return Number(ms) < 0 ? url : url.replace(whole, `${name}${Number(ms) + number}`);
};
const defaultKeepAliveMs = 10_000;

/** The native part of the client waits for this long before it connects at all, even to a single host: half a second by default. */
const withoutDelay = (url: string): string => {
  const many = /\+discover:|,/.test(url);
  if (many || /[?&]discovery[_-]?interval=/i.test(url)) return url;
  return `${url}${url.includes('?') ? '&' : '?'}discoveryInterval=10`;
};

const hostList = /^[a-z0-9._-]+(:\d+)?([,/][a-z0-9._-]+(:\d+)?)*$/i;

const placeOf = (url: string): string => {
  const { scheme, address, query } = /^(?<scheme>[^:]*):\/\/(?<address>[^?]*)(\?(?<query>.*))?$/s.exec(url)?.groups ?? {};
  if (!schemes.includes(scheme ?? '')) throw new StoreUnusable(`not a URL of KurrentDB: ${wanted}`);
  assertKnown(query ?? '');
  const hosts = address!.slice(address!.lastIndexOf('@') + 1).replace(/\/+$/, '');
  if (!hostList.test(hosts))
    throw new StoreUnusable(`no host in the URL of KurrentDB: ${wanted}; special characters in it are written %xx`);
  return `KurrentDB at ${hosts}`;
};

const assertKnown = (query: string): void => {
  const names = query === '' ? [] : query.split('&').map((pair) => pair.split('=')[0]!);
  for (const name of names)
    if (!known.has(flat(name)))
      throw new StoreUnusable(
        `the URL of KurrentDB has a setting that is not known here: ${/^[\w-]*/.exec(name)![0]}. Take it out, or write it right.`,
      );
};
