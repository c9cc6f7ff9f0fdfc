import { describe, expect, it } from '@jest/globals';
import { code, defineEvent, isErased, PersonId, sealed, Text, type AnyEventDefinition } from '@waymark/kernel';
import { z } from 'zod';
import { commandId } from '../conformance/samples.js';
import { eventCatalogue } from './catalogue.js';
import { all, amir, newEvent, setting, stream } from './sealing.fixture.js';

const First = defineEvent('referral.ChildNamed.v1', { childId: PersonId, name: sealed(Text, { of: 'childId' }) }, () => '');
const Second = defineEvent('referral.ChildNamed.v2', { childId: PersonId, given: sealed(Text, { of: 'childId' }) }, () => '', [
  {
    from: First.type,
    seals: First.seals,
    to: ({ childId, name }: { childId: string; name: unknown }) => ({ childId, given: name }),
  },
]);
const Third = defineEvent(
  'referral.ChildNamed.v3',
  { childId: PersonId, given: sealed(Text, { of: 'childId' }), told: code(['before', 'now']) },
  () => '',
  [{ from: Second.type, seals: Second.seals, to: (data: object) => ({ ...data, told: 'before' }) }],
);
const catalogueOf = (...definitions: unknown[]) => eventCatalogue(definitions as AnyEventDefinition[]);

describe('the catalogue of events', () => {
  it('reads an earlier type as the newest, over as many versions as there were, erased or not', async () => {
    const old = setting([First] as never);
    await old.store.append(stream, 'none', [newEvent(First({ childId: amir, name: 'Amir' }))], commandId());
    const now = setting([First, Second, Third] as never, old);
    expect((await all(now.store.read(stream))).map(({ type, data }) => ({ type, data }))).toEqual([
      { type: Third.type, data: { childId: amir, given: 'Amir', told: 'before' } },
    ]);
    await old.keys.destroy(amir);
    const [erased] = await all(now.store.read(stream));
    expect(isErased((erased?.data as { given: unknown }).given)).toBe(true);
  });

  it('finds events of an earlier type under the type that they read as', async () => {
    const old = setting([First] as never);
    await old.store.append(stream, 'none', [newEvent(First({ childId: amir, name: 'Amir' }))], commandId());
    const now = setting([Second, Third, First] as never, old);
    expect(await all(now.store.readAll('start', { filter: { typePrefixes: [Third.type] } }))).toHaveLength(1);
    expect(await all(now.store.readAll('start', { filter: { typePrefixes: ['planning.'] } }))).toHaveLength(0);
  });

  it('writes the newest alone', async () => {
    const { store } = setting([First, Second, Third] as never);
    await expect(store.append(stream, 'none', [newEvent(First({ childId: amir, name: 'Amir' }))], commandId())).rejects.toThrow(
      `write ${Third.type}`,
    );
    await store.append(stream, 'none', [newEvent(Third({ childId: amir, given: 'Amir', told: 'now' }))], commandId());
    expect(catalogueOf(First, Second, Third).definitions.map(({ type }) => type)).toEqual([Third.type]);
  });

  it('says of an event which no upcast can read that it is unreadable', async () => {
    const old = setting([First] as never);
    await old.store.append(stream, 'none', [newEvent(First({ childId: amir, name: 'Amir' }))], commandId());
    const failing = defineEvent('referral.ChildNamed.v2', { childId: PersonId }, () => '', [
      {
        from: First.type,
        seals: First.seals,
        to: () => {
          throw new Error('no');
        },
      },
    ]);
    await expect(all(setting([failing] as never, old).store.read(stream))).rejects.toThrow(`does not read as ${failing.type}`);
  });

  it.each<[string, () => unknown, string]>([
    ['a type defined twice', () => catalogueOf(First, First), 'is defined twice'],
    [
      'two that claim the same earlier type',
      () => catalogueOf(Second, { ...Third, type: 'referral.Other.v1', upcasts: Second.upcasts }),
      'earlier version of two',
    ],
    [
      'upcasts in a circle',
      () => catalogueOf({ ...First, type: First.type, upcasts: [{ from: Second.type, seals: [], to: () => ({}) }] }, Second),
      'circle',
    ],
    [
      'a field that stands for sealed texts',
      () => catalogueOf(defineEvent('referral.Odd.v1', { $sealed: code(['a']) }, () => '')),
      'no field may be called',
    ],
    [
      'a name that paths cannot hold',
      () => catalogueOf(defineEvent('referral.Odd.v1', { 'a/b': sealed(z.string(), { of: 'caseId' }) }, () => '')),
      'not fit for sealing',
    ],
  ])('refuses %s', (_, make, why) => {
    expect(make).toThrow(why);
  });
});
