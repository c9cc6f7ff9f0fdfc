import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@waymark/kernel';
import { memoryKeyStore, type DataKey, type KeyStore } from '@waymark/keys';
import { memoryEventLog } from '../adapters/memory.js';
import { commandId, HandClock } from '../conformance/samples.js';
import type { EventLog, SealedJson, StoredEvent } from '../event-log.js';
import { UnreadableEvent } from '../event-store.js';
import { keystream, seal } from './cipher.js';
import { commitmentsTo, saltAt } from './commitments.js';
import { commitmentIn, discloseValue, verifyDisclosed, type Disclosed } from './disclosing.js';
import type { CommittedEntry } from './entries.js';
import { RandomPool } from './random-pool.js';
import { aCase, all, amir, contact, ContactReceived, family, leila, newEvent, readEvery, setting, stream } from './sealing.fixture.js';

const storedOf = async ({ log }: { log: EventLog }): Promise<StoredEvent> => (await all(log.read(stream)))[0]!;
const entriesOf = ({ data }: StoredEvent) => (JSON.parse(data) as { $sealed: CommittedEntry[] }).$sealed;
const keyOf = async (keys: KeyStore, subject: string) => (await keys.find(subject)) as DataKey;

const withOne = async (event = family()) => {
  const here = setting();
  await here.store.append(stream, 'none', [event], commandId());
  return { ...here, stored: await storedOf(here) };
};

/** Why a stored event cannot be read, once it was altered as somebody with access to the store could. */
const whyOf = async (keys: KeyStore, stored: StoredEvent, changes: Partial<StoredEvent>): Promise<string> => {
  const log = memoryEventLog({ clock: new HandClock() });
  await log.append(changes.stream ?? stream, 'none', [{ ...stored, ...changes }], commandId());
  const [read] = await readEvery(setting(undefined, { log, keys }));
  return read instanceof UnreadableEvent ? read.message.replace(/^.* cannot be read: /, '') : 'it was read';
};
const withEntries = ({ data }: StoredEvent, change: (entries: Record<string, unknown>[]) => unknown): { data: SealedJson } => {
  const parsed = JSON.parse(data) as { $sealed: Record<string, unknown>[] };
  return { data: JSON.stringify({ ...parsed, $sealed: change(parsed.$sealed) }) as SealedJson };
};

describe('a commitment', () => {
  it('B1 stands beside each sealed value, with its path and the generation of the key', async () => {
    const { stored } = await withOne();
    const [his, hers] = entriesOf(stored);
    expect(his).toMatchObject({ s: amir, k: 1, a: 24, p: ['members/0/name', 'members/0/says/0', 'members/0/says/1', 'members/0/note'] });
    expect(hers).toMatchObject({ s: leila, k: 1, p: ['members/1/name', 'carer/phone'] });
    for (const { p, h } of [his!, hers!]) {
      expect(h).toHaveLength(p.length);
      for (const commitment of h) expect(commitment).toMatch(/^[\w-]{43}$/);
    }
  });

  it('B1 is what the README says, verified without code of ours', async () => {
    const { stored, keys } = await withOne();
    const { salt } = discloseValue(stored, await keyOf(keys, amir), 'members/0/says/1');
    const made = createHash('sha256').update(`${salt}members/0/says/1\n"I am tired"`).digest('base64url');
    expect(entriesOf(stored)[0]?.h[2]).toBe(made);
  });

  it.each([0, 1, 2, 31, 400])('B1 takes its salt from the keystream of ChaCha20 under the seed: value %d of an entry', (place) => {
    const seed = randomBytes(32);
    // Node's initialisation vector is the number of the first block and then the nonce.
    const keystream = createCipheriv('chacha20', seed, Buffer.alloc(16)).update(Buffer.alloc((place + 1) * 32));
    expect(saltAt(seed, place)).toBe(keystream.subarray(place * 32).toString('hex'));
  });

  it('B1 leaves no salt in memory that is used again', () => {
    const room = keystream(randomBytes(32), 64).buffer;
    commitmentsTo(randomBytes(32), ['a', 'b'], ['"x"', '"y"']);
    expect(Buffer.from(room, 0, 64).equals(Buffer.alloc(64))).toBe(true);
  });

  it('B1 differs for equal values, so that nobody who knows one can find it elsewhere', async () => {
    const here = setting();
    const same = () => newEvent(ContactReceived({ childId: amir, source: 'school', childName: 'Amir', story: 'Amir' }));
    await here.store.append(stream, 'none', [same(), same()], commandId());
    const all4 = (await all(here.log.read(stream))).flatMap((event) => entriesOf(event).flatMap(({ h }) => h));
    expect(new Set(all4).size).toBe(4);
  });

  it('B1 stays after an erasure, when no one can find out what was committed to', async () => {
    const { log, keys, store, stored } = await withOne(contact());
    await keys.destroy(amir);
    expect(commitmentIn((await all(log.read(stream)))[0]!.data, 'childName')).toBe(commitmentIn(stored.data, 'childName'));
    expect((await all(store.read(stream)))[0]?.data).toMatchObject({ childName: { erased: true } });
  });
});

describe('one value that is disclosed', () => {
  const disclosed = async () => {
    const { stored, keys } = await withOne();
    const key = await keyOf(keys, amir);
    return { stored, one: discloseValue(stored, key, 'members/0/name'), other: discloseValue(stored, key, 'members/0/note') };
  };
  const commitment = (stored: StoredEvent, path = 'members/0/name') => commitmentIn(stored.data, path)!;

  it('B1 is proven by salt, path, value and commitment alone', async () => {
    const { stored, one } = await disclosed();
    expect(one).toEqual({ path: 'members/0/name', value: 'Amir', salt: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(verifyDisclosed(JSON.parse(JSON.stringify(one)) as Disclosed, commitment(stored))).toBe(true);
  });

  it.each<[string, (one: Disclosed) => Partial<Disclosed>]>([
    ['another value', () => ({ value: 'Amin' })],
    ['the value as part of a list', () => ({ value: ['Amir'] })],
    ['no value', () => ({ value: undefined })],
    ['another path', () => ({ path: 'members/0/note' })],
    ['a path that takes in what follows it', () => ({ path: 'members/0/name\n"Amir"', value: '' })],
    ['half a character in the path', () => ({ path: 'members/0/name\ud800' })],
    ['a salt with one bit changed', ({ salt }) => ({ salt: flipped(salt) })],
    ['a salt cut short', ({ salt }) => ({ salt: salt.slice(2) })],
    ['a salt with something after it', ({ salt }) => ({ salt: `${salt}\n` })],
    ['a salt in capitals', ({ salt }) => ({ salt: salt.toUpperCase() })],
    ['a salt that takes in the beginning of the path', ({ path, salt }) => ({ path: path.slice(1), salt: `${salt}${path[0]!}` })],
  ])('B1 is not proven with %s', async (_, change) => {
    const { stored, one } = await disclosed();
    expect(verifyDisclosed({ ...one, ...change(one) }, commitment(stored))).toBe(false);
  });

  it('B1 is not proven by the commitment to another value', async () => {
    const { stored, one } = await disclosed();
    expect(verifyDisclosed(one, commitment(stored, 'members/0/note'))).toBe(false);
  });

  it('B1 gives away no other salt, and not the seed that all follow from', async () => {
    const { stored, one, other } = await disclosed();
    expect(Object.keys(one).sort()).toEqual(['path', 'salt', 'value']);
    expect(verifyDisclosed({ ...other, salt: one.salt }, commitment(stored, 'members/0/note'))).toBe(false);
    const guessed = saltAt(Buffer.from(one.salt, 'hex'), 0);
    expect([one.salt, other.salt]).not.toContain(guessed);
  });

  it('B1 may be a whole part, whatever the order of its members', async () => {
    const value = { b: ['x', null], a: 1 };
    const text = canonicalJson(value);
    const salt = randomBytes(32).toString('hex');
    const made = createHash('sha256').update(`${salt}aside\n${text}`).digest('base64url');
    expect(verifyDisclosed({ path: 'aside', value: { a: 1, b: ['x', null] }, salt }, made)).toBe(true);
    expect(verifyDisclosed({ path: 'aside', value: { a: 1, b: [null, 'x'] }, salt }, made)).toBe(false);
  });

  it.each<[string, (keys: KeyStore) => Promise<DataKey>, string, RegExp]>([
    [
      'a place that is not sealed',
      (keys) => keyOf(keys, amir),
      'members/0/personId',
      /no sealed value with a commitment at members\/0\/personId/,
    ],
    ["another's key", (keys) => keyOf(keys, leila), 'members/0/name', /the key is another's/],
    ['a key of another generation', async (keys) => ({ ...(await keyOf(keys, amir)), generation: 2 }), 'members/0/name', /of generation 2/],
    [
      'a key that does not open it',
      async () => ({ subject: amir, generation: 1, bytes: randomBytes(32) }),
      'members/0/name',
      /another key/,
    ],
  ])('B1 cannot be had for %s', async (_, key, path, why) => {
    const { stored, keys } = await withOne();
    const found = await key(keys);
    expect(() => discloseValue(stored, found, path)).toThrow(why);
  });
});

describe('the first reader finds', () => {
  it('B1 a ciphertext that opens to another value than was committed to, and says that the commitment does not fit', async () => {
    const { stored, keys } = await withOne(contact());
    const [entry] = entriesOf(stored);
    const bound = { stream, eventId: stored.id, type: stored.type, subject: amir };
    const pool = new RandomPool(randomBytes);
    // Whoever has the key can seal another value, but cannot make its commitment the one that was seen.
    const c = seal(await keyOf(keys, amir), pool, bound, { seed: randomBytes(32), text: '["Bilal Khan"]' });
    const forged = withEntries(stored, ([one, ...rest]) => [{ ...one, c }, ...rest]);
    expect(entry?.p).toEqual(['childName']);
    expect(await whyOf(keys, stored, forged)).toBe(
      'what is sealed in it does not open: the commitment to childName does not fit: another value is sealed than was committed to',
    );
    expect(await whyOf(keys, stored, {})).toBe('it was read');
  });

  it('B1 a ciphertext that opens to another value under another key', async () => {
    const { stored } = await withOne(contact());
    const keys = memoryKeyStore(randomBytes);
    await keys.provide([amir, aCase]);
    const bound = { stream, eventId: stored.id, type: stored.type, subject: amir };
    // The cipher lets one be made that two keys open; whatever comes out under the second key, the commitment is to what the first one sealed.
    const c = seal(await keyOf(keys, amir), new RandomPool(randomBytes), bound, { seed: randomBytes(32), text: '["Bilal Khan"]' });
    expect(
      await whyOf(
        keys,
        stored,
        withEntries(stored, ([one]) => [{ ...one, c }]),
      ),
    ).toMatch(/commitment to childName does not fit/);
  });

  it.each<[string, (entry: Record<string, unknown>) => Record<string, unknown>, RegExp]>([
    [
      'a commitment that was altered',
      (one) => ({ ...one, h: [...(one['h'] as string[]).slice(1), 'A'.repeat(43) + '='] }),
      /commitment to .* does not fit/,
    ],
    ['commitments that changed places', (one) => ({ ...one, h: (one['h'] as string[]).toReversed() }), /commitment to .* does not fit/],
    ['paths that changed places', (one) => ({ ...one, p: (one['p'] as string[]).toReversed() }), /commitment to .* does not fit/],
    [
      'a value that is no longer listed',
      (one) => ({ ...one, p: (one['p'] as string[]).slice(1), h: (one['h'] as string[]).slice(1) }),
      /commitments do not fit: there are 3/,
    ],
    [
      'commitments taken out, to pass for what was sealed before',
      ({ s, a, c, p }) => ({ s, a, c, p }),
      /altered or moved, or .* another key/,
    ],
    ['a cipher that is not known', (one) => ({ ...one, a: 25 }), /COSE's algorithm 25, which is not known/],
    ['a text that was cut short', (one) => ({ ...one, c: (one['c'] as string).slice(0, 60) }), /cut short/],
    [
      'another generation of the key',
      (one) => ({ ...one, k: 2 }),
      /^it is sealed under generation 2 of its subject's key, which is not among the keys/,
    ],
    ['fewer commitments than values', (one) => ({ ...one, h: [] }), /a sealed entry in it is not whole/],
    ['no commitments, but a generation', ({ s, k, a, c, p }) => ({ s, k, a, c, p }), /a sealed entry in it is not whole/],
    ['a generation that is no number', (one) => ({ ...one, k: 'one' }), /a sealed entry in it is not whole/],
    ['a text that is no text', (one) => ({ ...one, c: null }), /a sealed entry in it is not whole/],
    [
      'a place that is open',
      (one) => ({ ...one, p: ['members', ...(one['p'] as string[]).slice(1)] }),
      /a place that its type does not seal/,
    ],
    [
      'a place in the prototype',
      (one) => ({ ...one, p: ['__proto__/x', ...(one['p'] as string[]).slice(1)] }),
      /a place that its type does not seal/,
    ],
    [
      'one place twice',
      (one) => ({ ...one, p: (one['p'] as string[]).map(() => 'members/0/name') }),
      /two sealed values in it claim the same place/,
    ],
  ])('B1 %s, and distinguishes it from everything else', async (_, change, why) => {
    const { stored, keys } = await withOne();
    const why1 = await whyOf(
      keys,
      stored,
      withEntries(stored, ([one, ...rest]) => [change(one!), ...rest]),
    );
    expect(why1).toMatch(why);
    expect(why1).not.toMatch(/Amir|maths|seven/);
  });

  it.each([5, null, 'x', {}])('B1 that what should be a list of sealed entries is %p', async (sealed) => {
    const { stored, keys } = await withOne();
    expect(
      await whyOf(
        keys,
        stored,
        withEntries(stored, () => sealed),
      ),
    ).toMatch(/is no list/);
  });

  it('B1 a value that was moved to another stream, and a key that is not the one', async () => {
    const { stored, keys } = await withOne();
    expect(await whyOf(keys, stored, { stream: 'referral.contact-2' })).toMatch(/altered or moved/);
    const others = memoryKeyStore(randomBytes);
    await others.provide([amir, leila]);
    expect(await whyOf(others, stored, {})).toMatch(/altered or moved, or it is sealed under another key/);
    expect(await whyOf(memoryKeyStore(randomBytes), stored, {})).toMatch(/it is sealed under a key that is not among the keys/);
  });

  it('B1 an erased place that was never sealed, instead of taking it for erased', async () => {
    const { stored, keys } = await withOne(contact());
    await keys.destroy(amir);
    expect(await whyOf(keys, stored, {})).toBe('it was read');
    expect(
      await whyOf(
        keys,
        stored,
        withEntries(stored, ([one, ...rest]) => [{ ...one, p: ['source'] }, ...rest]),
      ),
    ).toMatch(/a place that its type does not seal/);
  });
});

describe('generations of a key', () => {
  it('B1 are named in each entry, and the one that sealed it opens it', async () => {
    const keys = memoryKeyStore(randomBytes);
    const first = memoryEventLog({ clock: new HandClock() });
    const [one, two] = [contact(), contact()];
    await setting(undefined, { log: first, keys }).store.append(stream, 'none', [one], commandId());
    for (const { s } of (await all(first.read(stream))).flatMap(entriesOf)) await keys.replace(s);
    await setting(undefined, { log: first, keys }).store.append(stream, 1, [two], commandId());
    expect((await all(first.read(stream))).flatMap((event) => entriesOf(event).map(({ k }) => k))).toEqual([1, 1, 2, 2]);
    expect((await all(setting(undefined, { log: first, keys }).store.read(stream))).map(({ data }) => data)).toEqual([one.data, two.data]);
  });
});

describe('a nonce, and a seed', () => {
  it('D11 is never used twice: not for the subjects of an event, the events of an append, or appends beyond a stock of random bytes', async () => {
    const here = setting();
    const appends = 80;
    for (let version = 0; version < appends; version += 1)
      await here.store.append(stream, version === 0 ? 'none' : version * 2, [contact(), contact()], commandId());
    const stored = await all(here.log.read(stream));
    const texts = stored.flatMap((event) => entriesOf(event).map(({ c }) => Buffer.from(c, 'base64')));
    expect(texts).toHaveLength(appends * 4);
    expect(new Set(texts.map((text) => text.subarray(0, 12).toString('hex'))).size).toBe(texts.length);
    // More than one stock was used up: each entry takes a nonce of 12 bytes and a seed of 32.
    expect(texts.length * 44).toBeGreaterThan(8192);
    const key = { amir: await keyOf(here.keys, amir) };
    const salts = stored.map((event) => discloseValue(event, key.amir, 'childName').salt);
    expect(new Set(salts).size).toBe(salts.length);
  });
});

const flipped = (salt: string): string => {
  const bytes = Buffer.from(salt, 'hex');
  bytes[31]! ^= 1;
  return bytes.toString('hex');
};
