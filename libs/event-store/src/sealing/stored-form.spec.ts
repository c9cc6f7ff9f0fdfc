import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { defineEvent, ERASED, sealed, Text, type AnyEventDefinition } from '@waymark/kernel';
import { DESTROYED, type DataKey, type KeyStore } from '@waymark/keys';
import { memoryEventLog } from '../adapters/memory.js';
import { commandId, HandClock } from '../conformance/samples.js';
import type { SealedJson, StoredEvent } from '../event-log.js';
import { commitmentIn, discloseValue, verifyDisclosed } from './disclosing.js';
import { UnreadableEvent, type NewEvent, type Recorded } from '../event-store.js';
import { aCase, amir, ContactReceived, FamilyDescribed, newEvent, readEvery, setting, stream } from './sealing.fixture.js';

/** Events as a record first kept them, and the keys they are sealed under, by subject and from the second generation on its number. Never changed afterwards. */
interface Golden {
  readonly keys: Readonly<Record<string, string>>;
  readonly events: readonly { readonly id: NewEvent['id']; readonly type: string; readonly stored: string; readonly reads: unknown }[];
}

const folder = join(import.meta.dirname, '../../test/golden');
const goldenOf = (name: string): Golden => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Golden;

const keysOf = ({ keys }: Golden, destroyed: readonly string[] = []): KeyStore => {
  const peek = (subject: string, generation = 1) => {
    if (destroyed.includes(subject)) return DESTROYED;
    const bytes = keys[generation === 1 ? subject : `${subject} ${generation}`];
    return bytes === undefined ? undefined : ({ subject, generation, bytes: Buffer.from(bytes, 'hex') } satisfies DataKey);
  };
  return {
    id: 'golden',
    peek,
    find: async (subject, generation) => peek(subject, generation),
    provide: async () => new Map(),
    replace: async () => undefined,
    destroy: async () => undefined,
    close: async () => undefined,
  };
};

interface Reading {
  readonly destroyed?: readonly string[];
  readonly definitions?: readonly unknown[];
}

const readingOf = async (golden: Golden, { destroyed, definitions }: Reading = {}): Promise<(Recorded | UnreadableEvent)[]> => {
  const log = memoryEventLog({ clock: new HandClock() });
  for (const [version, { id, type, stored }] of golden.events.entries())
    await log.append(
      stream,
      version === 0 ? 'none' : version,
      [{ ...newEvent({ type, data: {} }), id, data: stored as SealedJson }],
      commandId(),
    );
  return readEvery(setting(definitions as never, { log, keys: keysOf(golden, destroyed) }));
};
const dataOf = (read: readonly (Recorded | UnreadableEvent)[]) => read.map((event) => (event as Recorded).data);

/** Changes how one part of a golden file was stored. */
const changed = (golden: Golden, from: string | RegExp, to: string): Golden => {
  const events = golden.events.map((event) => ({ ...event, stored: event.stored.replaceAll(from, to) }));
  expect(events).not.toEqual(golden.events);
  return { ...golden, events };
};
const reasons = (read: readonly (Recorded | UnreadableEvent)[]): string[] =>
  read.map((one) => (one instanceof UnreadableEvent ? String((one.cause as Error).message) : 'it was read'));

describe('the stored form of sealed values', () => {
  it('has a golden file for each form that a record may hold', () => {
    expect(readdirSync(folder).sort()).toEqual([
      'aes-256-gcm.json',
      'chacha20-poly1305.json',
      'with-commitments.json',
      'with-text-commitments.json',
    ]);
  });

  it.each(['aes-256-gcm', 'chacha20-poly1305', 'with-commitments', 'with-text-commitments'])(
    'is read as it was written, by %s',
    async (name) => {
      const golden = goldenOf(name);
      expect(dataOf(await readingOf(golden))).toEqual(golden.events.map(({ reads }) => reads));
    },
  );

  it('says so of a cipher that is not known, instead of trying another', async () => {
    const later = changed(goldenOf('chacha20-poly1305'), '"a":24', '"a":25');
    expect(reasons(await readingOf(later))).toEqual(Array(2).fill("it is sealed by COSE's algorithm 25, which is not known here"));
  });

  it.each([
    ['chacha20-poly1305', '"a":24,', ''],
    ['aes-256-gcm', '"c":', '"a":24,"c":'],
  ])('does not open when another cipher than %s is named for it', async (name, from, to) => {
    const read = await readingOf(changed(goldenOf(name), from, to));
    expect(read.every((one) => one instanceof UnreadableEvent)).toBe(true);
  });

  it.each(['aes-256-gcm', 'chacha20-poly1305', 'with-commitments', 'with-text-commitments'])(
    'says so of a sealed text that was cut short, by %s',
    async (name) => {
      const cut = changed(goldenOf(name), /"c":"(.{20})[^"]*"/g, '"c":"$1"');
      expect(reasons(await readingOf(cut))).toEqual(Array(cut.events.length).fill('the sealed text is cut short'));
    },
  );

  it.each(['with-commitments', 'with-text-commitments'])('B1 proves one value to an outsider, and no other, by %s', (name) => {
    const golden = goldenOf(name);
    const { id, type, stored, reads } = golden.events[0]!;
    const { childId, childName } = reads as { childId: string; childName: string };
    const key = keysOf(golden).peek(childId) as DataKey;
    const one = discloseValue({ id, type, stream, data: stored } as StoredEvent, key, 'childName');
    const commitment = commitmentIn(stored, 'childName')!;
    expect(one.value).toBe(childName);
    expect(verifyDisclosed(one, commitment)).toBe(true);
    expect(verifyDisclosed({ ...one, value: `${childName} ` }, commitment)).toBe(false);
    expect(verifyDisclosed({ ...one, salt: `${one.salt} ` }, commitment)).toBe(false);
    expect(verifyDisclosed({ ...one, salt: one.salt.slice(4) }, commitment)).toBe(false);
  });

  it.each([
    ['with-commitments', /(?<=[\w/+]{43})="/g, '"'],
    ['with-text-commitments', /(?<="h":\["[\w-]{43})"/g, '="'],
  ])('B1 does not open where a commitment is passed off as of the other form, by %s', async (name, from, to) => {
    const altered = changed(goldenOf(name), from, to);
    for (const reason of reasons(await readingOf(altered))) expect(reason).toMatch(/^the commitment to \S+ does not fit/);
  });

  it('B1 is written with the generation of its key, the number of its cipher, paths and commitments', async () => {
    const here = setting();
    const { type } = goldenOf('chacha20-poly1305').events[0]!;
    await here.store.append(
      stream,
      'none',
      [newEvent({ type, data: { childId: aCase, source: 'school', childName: 'Amir', story: 'x' } })],
      commandId(),
    );
    for await (const [event] of here.log.readAll('start')) expect(event?.data).toMatch(form);
  });
});

const form = /"\$sealed":\[\{"s":"[^"]+","k":1,"a":24,"p":\["childName","story"\],"h":\["[^"]{43}","[^"]{43}"\],"c":"[^"]+"\}\]\}$/;

describe('a sealed field that a type gains later', () => {
  const gained = (addedLater: boolean) => {
    const shape = { ...ContactReceived.schema.shape, nickname: sealed(Text, { of: 'childId', addedLater }).optional() };
    return [defineEvent(ContactReceived.type, shape, () => ''), FamilyDescribed] as unknown as AnyEventDefinition[];
  };

  it.each(['aes-256-gcm', 'chacha20-poly1305', 'with-commitments', 'with-text-commitments'])(
    'B1 is absent in older events, erased or not, by %s',
    async (name) => {
      const golden = goldenOf(name);
      const [first] = golden.events;
      const child = (first!.reads as { childId: string }).childId;
      const definitions = gained(true);
      expect(dataOf(await readingOf(golden, { definitions }))[0]).toStrictEqual(first!.reads);
      const erased = dataOf(await readingOf(golden, { definitions, destroyed: [child] }))[0];
      expect(erased).toStrictEqual({ ...(first!.reads as object), childName: ERASED });
    },
  );

  it('B1 would read as erased in events without paths if it did not say that it came later, which the frozen plans do not let pass', async () => {
    const golden = goldenOf('chacha20-poly1305');
    const child = (golden.events[0]!.reads as { childId: string }).childId;
    expect(golden.events[0]!.stored).not.toContain('"p":');
    const [read] = dataOf(await readingOf(golden, { definitions: gained(false), destroyed: [child] }));
    expect(read).toHaveProperty('nickname', ERASED);
  });

  it('B1 is erased where it was written', async () => {
    const here = setting(gained(true) as never);
    const data = { childId: amir, source: 'school', childName: 'Amir', story: 'x', nickname: 'Ami' };
    await here.store.append(stream, 'none', [newEvent({ type: ContactReceived.type, data })], commandId());
    await here.keys.destroy(amir);
    expect(dataOf(await readEvery(here))).toStrictEqual([{ ...data, childName: ERASED, nickname: ERASED }]);
  });
});

it.each([1, 1000, 6000, 20_000])('a text of %d characters of three bytes each is sealed and read', async (length) => {
  const here = setting();
  const data = { childId: aCase, source: 'school', childName: 'Amir', story: '✓'.repeat(length) };
  await here.store.append(stream, 'none', [newEvent({ type: 'referral.ContactReceived.v1', data })], commandId());
  expect(((await readEvery(here))[0] as Recorded).data).toEqual(data);
});

it('nothing of what was sealed or opened stays in the buffers that are used over and over', async () => {
  const written = jest.spyOn(Buffer.prototype, 'write');
  const here = setting();
  const data = { childId: aCase, source: 'school', childName: 'Amir', story: 'often absent' };
  const left = () => written.mock.contexts.filter((buffer) => (buffer as Buffer).includes('often absent'));
  try {
    await here.store.append(stream, 'none', [newEvent({ type: 'referral.ContactReceived.v1', data })], commandId());
    expect(written.mock.calls.some(([text]) => String(text).includes('often absent'))).toBe(true);
    expect(left()).toEqual([]);
    written.mockClear();
    expect(((await readEvery(here))[0] as Recorded).data).toEqual(data);
    expect(written.mock.contexts.length).toBeGreaterThan(0);
    expect(left()).toEqual([]);
  } finally {
    written.mockRestore();
  }
});
