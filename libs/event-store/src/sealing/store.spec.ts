import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { derivedId, ERASED } from '@waymark/kernel';
import type { DESTROYED } from '@waymark/keys';
import { memoryKeyStore, type DataKey, type KeyStore } from '@waymark/keys';
import { commandId } from '../conformance/samples.js';
import type { EventLog, SealedJson, StoredEvent } from '../event-log.js';
import { UnreadableEvent, type Recorded } from '../event-store.js';
import {
  aCase,
  all,
  amir,
  contact,
  ContactClosed,
  ContactReceived,
  family,
  leila,
  newEvent,
  readEvery,
  readOne,
  setting,
  stream,
} from './sealing.fixture.js';
import { memoryEventLog } from '../adapters/memory.js';
import { HandClock } from '../conformance/samples.js';

const storedOf = async ({ log }: { log: EventLog }): Promise<StoredEvent> => (await all(log.read(stream)))[0]!;
/** The same record with one event's text altered, as somebody with access to the file could. */
const altered = async (log: EventLog, change: (event: StoredEvent) => Partial<StoredEvent>): Promise<EventLog> => {
  const copy = memoryEventLog({ clock: new HandClock() });
  for (const event of await all(log.readAll('start')))
    await copy.append(event.stream, event.version === 1 ? 'none' : event.version - 1, [{ ...event, ...change(event) }], event.commandId);
  return copy;
};

describe('what is stored', () => {
  it('holds open fields in clear and nothing of the sealed ones', async () => {
    const here = setting();
    await here.store.append(stream, 'none', [contact()], commandId());
    const { data } = await storedOf(here);
    expect(data).toContain('"source":"school"');
    for (const secret of ['Amir', 'Khan', 'absent']) expect(data).not.toContain(secret);
    const { $sealed } = JSON.parse(data) as { $sealed: { s: string }[] };
    expect($sealed.map(({ s }) => s)).toEqual([amir, aCase]);
  });

  it('is the plain data where nothing is personal, without a key being made', async () => {
    const here = setting();
    await here.store.append(stream, 'none', [newEvent(ContactClosed({ reason: 'done' }))], commandId());
    expect((await storedOf(here)).data).toBe('{"reason":"done"}');
    expect(await here.keys.find(aCase)).toBeUndefined();
  });

  it('differs each time, so that equal names cannot be recognised', async () => {
    const here = setting();
    await here.store.append(stream, 'none', [contact(), contact()], commandId());
    const texts = (await all(here.log.read(stream))).map(({ data }) => (JSON.parse(data) as { $sealed: { c: string }[] }).$sealed[0]?.c);
    expect(texts[0]).not.toBe(texts[1]);
    expect(texts[0]?.length).toBe(texts[1]?.length);
  });

  it('reads as it was written, nested, listed, left out or null', async () => {
    const here = setting();
    const [one, two] = [contact(), family()];
    await here.store.append(stream, 'none', [one, two], commandId());
    const read = await all(here.store.read(stream));
    expect(read.map(({ data }) => data)).toEqual([one.data, two.data]);
    expect(read.map(({ type, version }) => [type, version])).toEqual([
      ['referral.ContactReceived.v1', 1],
      ['referral.FamilyDescribed.v1', 2],
    ]);
    const without = newEvent({ type: two.type, data: { members: [] } });
    const withNull = newEvent({ type: two.type, data: { members: [], carer: { personId: leila, phone: null } } });
    await here.store.append(stream, 2, [without, withNull], commandId());
    expect((await all(here.store.read(stream, { from: 3 }))).map(({ data }) => data)).toEqual([without.data, withNull.data]);
  });

  it('remembers which keys it is sealed with', async () => {
    const here = setting();
    await here.store.append(stream, 'none', [contact()], commandId());
    expect(await here.log.keySetId()).toBe(here.keys.id);
    const stranger = setting(undefined, { log: here.log });
    await expect(stranger.store.append('referral.contact-2', 'none', [contact()], commandId())).rejects.toMatchObject({
      name: 'StoreUnusable',
    });
  });
});

describe('keys', () => {
  it('are durable before anything is sealed under them', async () => {
    const order: string[] = [];
    const inner = memoryKeyStore(randomBytes);
    const keys: KeyStore = {
      id: inner.id,
      peek: (subject, generation) => inner.peek(subject, generation),
      find: (subject, generation) => inner.find(subject, generation),
      replace: (subject) => inner.replace(subject),
      destroy: (subject) => inner.destroy(subject),
      close: () => inner.close(),
      provide: async (subjects) => {
        const provided = await inner.provide(subjects);
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push('keys');
        return provided;
      },
    };
    const here = setting(undefined, { keys });
    await here.store.append(stream, 'none', [contact()], commandId());
    order.push('appended');
    expect(order).toEqual(['keys', 'appended']);
  });

  it('that cannot be made leave nothing written, and the store says it is unavailable', async () => {
    const here = setting();
    await here.keys.close();
    await expect(here.store.append(stream, 'none', [contact()], commandId())).rejects.toMatchObject({
      name: 'StoreUnavailable',
      reason: 'closed',
    });
    expect(await here.log.head()).toBe('start');
  });
});

describe('a destroyed key', () => {
  it('reads as erased, for that subject alone', async () => {
    const here = setting();
    const event = contact();
    await here.store.append(stream, 'none', [event], commandId());
    await here.keys.destroy(amir);
    expect((await readOne(here)).data).toEqual({ ...(event.data as object), childName: ERASED });
    await here.keys.destroy(aCase);
    expect((await readOne(here)).data).toEqual({ childId: amir, source: 'school', childName: ERASED, story: ERASED });
  });

  it('reads as erased at exactly the places that were filled, in lists too', async () => {
    const here = setting();
    await here.store.append(stream, 'none', [family()], commandId());
    await here.keys.destroy(amir);
    expect((await readOne(here)).data).toEqual({
      members: [
        { personId: amir, name: ERASED, says: [ERASED, ERASED], note: ERASED },
        { personId: leila, name: 'Leila', says: [] },
      ],
      carer: { personId: leila, phone: '01733 000000' },
    });
    await here.keys.destroy(leila);
    expect((await readOne(here)).data).toEqual({
      members: [
        { personId: amir, name: ERASED, says: [ERASED, ERASED], note: ERASED },
        { personId: leila, name: ERASED, says: [] },
      ],
      carer: { personId: leila, phone: ERASED },
    });
  });

  it('seals nothing new, but lets what is erased already be written on', async () => {
    const here = setting();
    await here.keys.destroy(amir);
    await expect(here.store.append(stream, 'none', [contact()], commandId())).rejects.toMatchObject({ name: 'SubjectErased' });
    expect(await here.log.head()).toBe('start');
    const erased = newEvent(ContactReceived({ childId: amir, source: 'school', childName: ERASED, story: 'Of the family' }));
    await here.store.append(stream, 'none', [erased], commandId());
    expect((await readOne(here)).data).toEqual(erased.data);
  });

  it('does not keep a repeated command from its first result', async () => {
    const here = setting();
    const command = commandId();
    const first = await here.store.append(stream, 'none', [contact()], command);
    await here.keys.destroy(amir);
    expect(await here.store.append(stream, 'none', [contact()], command)).toEqual({ ...first, repeated: true });
  });
});

describe('what cannot be read', () => {
  const expectUnreadable = async (here: ReturnType<typeof setting>, why: RegExp) => {
    await expect(all(here.store.read(stream))).rejects.toMatchObject({
      name: 'UnreadableEvent',
      at: { stream, version: 1, caseId: aCase, recordedAt: expect.stringMatching(/^\d{4}-/) },
    });
    const [found, next] = await readEvery(here);
    expect(found).toBeInstanceOf(UnreadableEvent);
    expect((found as UnreadableEvent).message).toMatch(why);
    expect((found as UnreadableEvent).message).not.toContain('Amir');
    return next;
  };
  const filled = async () => {
    const here = setting();
    await here.store.append(stream, 'none', [contact(), newEvent(ContactClosed({ reason: 'done' }))], commandId());
    return here;
  };

  it('is an event of a type that is not known; the others are read', async () => {
    const { log, keys } = await filled();
    const next = await expectUnreadable(setting([ContactClosed] as never, { log, keys }), /does not know its type/);
    expect(next).toMatchObject({ data: { reason: 'done' } });
  });

  it('is text that does not parse', async () => {
    const { log, keys } = await filled();
    const broken = await altered(log, ({ version }) => (version === 1 ? { data: '{"a":' as SealedJson } : {}));
    await expectUnreadable(setting(undefined, { log: broken, keys }), /does not parse/);
  });

  it('is a sealed value that was altered', async () => {
    const { log, keys } = await filled();
    const broken = await altered(log, ({ data }) => ({
      data: data.replace(/"c":"(.)/, (_, first) => `"c":"${first === 'A' ? 'B' : 'A'}`) as SealedJson,
    }));
    await expectUnreadable(setting(undefined, { log: broken, keys }), /does not open/);
  });

  it.each([
    ['event', { id: derivedId('event', 'another') }],
    ['type', { type: 'referral.ContactReceived.v2' }],
  ])('is a sealed value that was moved to another %s', async (_, change) => {
    const { log, keys } = await filled();
    const moved = await altered(log, ({ version }) => (version === 1 ? change : {}));
    const next = {
      ...ContactReceived,
      type: 'referral.ContactReceived.v2',
      schema: ContactReceived.schema,
      seals: ContactReceived.seals,
      upcasts: [],
    };
    await expectUnreadable(setting([ContactReceived, ContactClosed, next] as never, { log: moved, keys }), /does not open/);
  });

  it('is a sealed value under a key that was never made, which is not an erasure', async () => {
    const { log } = await filled();
    await expectUnreadable(setting(undefined, { log }), /not among the keys/);
  });

  it('shows through a subscription too, and the rest comes after it', async () => {
    const { log, keys } = await filled();
    const stop = new AbortController();
    const seen: unknown[] = [];
    for await (const item of setting([ContactClosed] as never, { log, keys }).store.subscribe('start', undefined, stop.signal)) {
      if ('caughtUp' in item) stop.abort();
      else seen.push(...item);
    }
    expect(seen.map((one) => one instanceof UnreadableEvent)).toEqual([true, false]);
  });
});

describe('a reader who wants the personal fields of some types only', () => {
  const filledWithFamily = async () => {
    const here = setting();
    await here.store.append(stream, 'none', [contact(), family()], commandId());
    return here;
  };
  const open = { childId: amir, source: 'school' };

  it('is given the open fields of the others, wherever the sealed ones stand', async () => {
    const { store } = await filledWithFamily();
    const [first, second] = (await all(store.readAll('start', { opens: [] }))) as Recorded[];
    expect(first?.data).toEqual(open);
    expect(JSON.stringify(second?.data)).not.toMatch(/Amir|Leila|maths|01733|sealed/);
    expect(second?.data).toMatchObject({ members: [{ personId: amir }, { personId: leila }], carer: { personId: leila } });
  });

  it('is given everything of those', async () => {
    const { store } = await filledWithFamily();
    const [first, second] = (await all(store.readAll('start', { opens: [ContactReceived.type] }))) as Recorded[];
    expect(first?.data).toMatchObject({ ...open, childName: 'Amir Khan' });
    expect(JSON.stringify(second?.data)).not.toContain('Amir');
  });

  it('is given the same by a subscription', async () => {
    const { store } = await filledWithFamily();
    const stop = new AbortController();
    const seen: unknown[] = [];
    for await (const item of store.subscribe('start', undefined, stop.signal, [])) {
      if ('caughtUp' in item) stop.abort();
      else seen.push(...item.map((event) => (event as Recorded).data));
    }
    expect(seen[0]).toEqual(open);
  });

  it('is not kept from the rest by a key that is missing, as everybody else is', async () => {
    const { log } = await filledWithFamily();
    const { store } = setting(undefined, { log });
    expect((await all(store.readAll('start', { opens: [] }))).some((one) => one instanceof UnreadableEvent)).toBe(false);
    expect((await all(store.readAll('start'))).every((one) => one instanceof UnreadableEvent)).toBe(true);
  });

  it('is given all of an event of an earlier type, because what reads it as the newest may look at it', async () => {
    const { log, keys } = await filledWithFamily();
    const upcasts = [{ from: ContactReceived.type, seals: ContactReceived.seals, to: (data: never) => data }];
    const next = Object.assign((data: never) => ({ type: next.type, data }), {
      ...ContactReceived,
      type: 'referral.ContactReceived.v2',
      upcasts,
    });
    const [first] = (await all(setting([next, ContactClosed] as never, { log, keys }).store.readAll('start', { opens: [] }))) as Recorded[];
    expect(first).toMatchObject({ type: 'referral.ContactReceived.v2', data: { childName: 'Amir Khan' } });
  });
});

describe('what is refused to be written', () => {
  it.each([
    ['childName', { childId: amir, source: 'school', childName: 'Amir\u0007Khan', story: 'x' }],
    ['source', { childId: amir, source: 'Amir Khan', childName: 'x', story: 'x' }],
    ['data', { childId: amir, source: 'school', childName: 'x', story: 'x', extra: 'Amir Khan' }],
  ])('names the field %s and never the value', async (field, data) => {
    const { store } = setting();
    const refused = store.append(stream, 'none', [newEvent({ type: ContactReceived.type, data })], commandId());
    await expect(refused).rejects.toMatchObject({ name: 'InvalidEvent' });
    const { message } = (await refused.catch((error: unknown) => error)) as Error;
    expect(message).toContain(field);
    expect(message).not.toContain('Amir');
  });

  it('is a type that is not in the catalogue', async () => {
    const { store } = setting([ContactClosed] as never);
    await expect(store.append(stream, 'none', [contact()], commandId())).rejects.toMatchObject({ name: 'InvalidEvent' });
  });

  it('is a value sealed for a case when there is none', async () => {
    const { store } = setting();
    const event = { ...contact(), caseId: null };
    await expect(store.append(stream, 'none', [event], commandId())).rejects.toThrow(
      'is to be sealed for caseId, which the event does not name',
    );
  });
});

it('keys that are not at hand are looked up for a page at once', async () => {
  const inner = setting();
  await inner.store.append(stream, 'none', [contact(), family(), contact()], commandId());
  const asked: string[] = [];
  const cache = new Map<string, DataKey | typeof DESTROYED>();
  const keys: KeyStore = {
    ...inner.keys,
    id: inner.keys.id,
    peek: (subject) => cache.get(subject),
    find: async (subject) => {
      asked.push(subject);
      return inner.keys.find(subject);
    },
  };
  expect(await all(setting(undefined, { log: inner.log, keys }).store.read(stream))).toHaveLength(3);
  expect(asked.sort()).toEqual([aCase, amir, leila].sort());
});
