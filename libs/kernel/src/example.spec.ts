import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { exampleOf } from './example.js';
import { defineEvent } from './event.js';
import { code, count, flag, handle, open, sealed, Text } from './fields.js';
import { OrganisationId, PersonId, Uuid } from './ids.js';
import { Day, Instant } from './time.js';

const define = (shape: z.ZodRawShape) => defineEvent('test.Told.v1', { personId: PersonId, ...shape }, () => 'It was told.');
const mine = <S extends z.ZodType>(schema: S) => sealed(schema, { of: 'personId' });

describe('an example', () => {
  it.each([
    [
      'ids, codes, dates, counts',
      { id: Uuid, org: OrganisationId, kind: code(['a']), at: Instant, on: Day, n: count(), yes: flag(), h: handle() },
    ],
    [
      'sealed texts, days, scores and parts',
      { a: mine(Text), b: mine(Day), c: mine(z.number().int().min(3).max(10)), d: mine(z.strictObject({ e: Text })) },
    ],
    ['optional and nullable fields', { a: mine(Text).optional(), b: Instant.nullable(), c: z.strictObject({ d: flag() }).optional() }],
    ['lists with a least length', { six: z.array(handle()).length(6), two: z.array(mine(Text)).min(2), any: z.array(Uuid) }],
    ['records', { a: mine(z.record(z.enum(['x', 'y']), Text)), b: open(z.record(z.string(), z.number())) }],
    ['a union of parts', { a: mine(z.discriminatedUnion('k', [z.strictObject({ k: z.literal('one'), t: Text })])) }],
  ])('of %s is valid', (_, shape) => {
    const definition = define(shape);
    expect(definition.schema.safeParse(exampleOf(definition))).toMatchObject({ success: true });
  });

  it('has the given text in every sealed text, those in records, lists and parts too', () => {
    const definition = define({
      a: mine(Text),
      b: mine(z.record(z.string(), Text)),
      c: z.array(mine(Text)),
      d: mine(z.strictObject({ e: Text })),
      h: handle(),
    });
    const example = JSON.stringify(exampleOf(definition, { text: (path) => `CANARY ${path}!` }));
    expect(example.match(/CANARY [^!]*/g)).toEqual([
      'CANARY data.a',
      'CANARY data.b.key',
      'CANARY data.b.value',
      'CANARY data.c.0',
      'CANARY data.d.e',
    ]);
  });

  it('has no such text in what is declared open, parts and records too', () => {
    const definition = define({ a: open(Text), b: open(z.strictObject({ c: Text })), d: open(z.record(z.string(), Text)), h: handle() });
    expect(JSON.stringify(exampleOf(definition, { text: () => 'CANARY' }))).not.toContain('CANARY');
    expect(definition.schema.safeParse(exampleOf(definition)).success).toBe(true);
  });

  it('is the same for the same seed, and another for another', () => {
    const definition = define({ a: Uuid });
    expect(exampleOf(definition, { seed: 1 })).toEqual(exampleOf(definition, { seed: 1 }));
    expect(exampleOf(definition, { seed: 1 })).not.toEqual(exampleOf(definition, { seed: 2 }));
  });

  it('of a kind that it does not know is refused, with the field', () => {
    const definition = define({ odd: open(z.string().regex(/^never-an-example-\d{9}$/)) });
    expect(() => exampleOf(definition)).toThrow('no example for data.odd');
  });
});
