import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { code, count, flag, handle, LongText, Text } from './fields.js';
import { PersonId, UserId, Uuid } from './ids.js';
import { fitOf, outlineOf, type Outline, type CompiledCheck } from './outline.js';
import { Day, Instant } from './time.js';

const sureOf = (schema: z.ZodType): CompiledCheck => (outlineOf(schema) as Extract<Outline, { sure: CompiledCheck }>).sure;

const schemas: [string, z.ZodType][] = [
  ['an id', Uuid],
  ['an id of one version', z.uuidv4()],
  ['a branded id', PersonId],
  ['a user', UserId],
  ['an instant', Instant],
  ['a day', Day],
  ['a code', code(['school', 'police'])],
  ['a handle', handle()],
  ['a flag', flag()],
  ['a count', count()],
  ['a text', Text],
  ['a long text', LongText],
  ['a literal', z.literal(['a', 7, null])],
  ['a whole number', z.int().lt(10).gt(-3)],
  ['a number', z.number()],
];

const nearly = [
  'school',
  'example-1',
  '2026-03-02',
  '2026-02-30',
  '2024-02-29',
  '2026-03-02T09:15:00.000Z',
  '2026-03-02T24:15:00.000Z',
  '00000000-0000-4000-8000-00000000000a',
  '00000000-0000-4000-8000-00000000000A',
  '00000000-0000-9000-8000-00000000000a',
  '0190a0e2-7f7c-7c1c-8e5d-0e5b439a553f',
];
const text = fc.oneof(
  fc.constantFrom(...nearly),
  fc.string({ maxLength: 210 }),
  fc.string({ unit: 'binary', maxLength: 10 }),
  fc.string({ unit: fc.constantFrom('a', 'B', '\u0007', '\n', '\ud800', '\udc00', '\u007f', '.', '-') }),
  fc.nat({ max: 20_002 }).map((length) => 'x'.repeat(length)),
);
const anything = fc.oneof(
  text,
  fc.integer({ min: -5, max: 1_000_002 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined, 'a', 7),
  fc.anything(),
);

describe.each(schemas)('%s', (_, schema) => {
  it('is sure of exactly what the schema lets pass as it is', () => {
    const sure = sureOf(schema);
    const holds = (value: unknown) => {
      const checked = schema.safeParse(value);
      expect(sure(value)).toBe(checked.success);
      if (checked.success) expect(Object.is(checked.data, value)).toBe(true);
    };
    nearly.forEach(holds);
    fc.assert(fc.property(anything, holds), { numRuns: 800 });
  });
});

describe('an outline', () => {
  const told = z.strictObject({ a: Uuid, b: z.array(Day).min(1).readonly(), c: Text.nullable().optional() });

  it('names fields in the order of the schema', () => {
    expect(outlineOf(told)).toMatchObject({
      kind: 'object',
      fields: [
        { name: 'a', outline: { kind: 'value' } },
        { name: 'b', outline: { kind: 'list', element: { kind: 'value' } } },
        { name: 'c', outline: { kind: 'maybe', without: undefined, within: { kind: 'maybe', without: null } } },
      ],
    });
  });

  it.each<[string, z.ZodType]>([
    ['changes what it is given', Text.trim()],
    ['turns one kind into another', z.coerce.number()],
    ['makes something else of it', Text.transform((value) => value.length)],
    ['fills in what is missing', Text.default('x')],
    ['asks for more than a pattern', z.url()],
    ['asks about the whole', told.refine(({ a }) => a !== '')],
    ['adds issues of its own', Text.superRefine(() => undefined)],
    ['asks about a list as a whole', z.array(Text).refine((values) => values.length === 1)],
    ['asks about what may be missing', Text.optional().refine(() => true)],
    ['takes one of several', z.union([Text, count()])],
    ['names fields freely', z.record(z.string(), Text)],
    ['lets other fields pass', z.looseObject({ a: Text })],
    ['is made later', z.lazy(() => Text)],
    ['remembers where it stopped', z.string().regex(/a/g)],
    ['knows numbers of another size', z.int32()],
  ])('is not drawn of a schema that %s, nor of what holds one', (_, schema) => {
    expect(outlineOf(schema)).toBeUndefined();
    expect(outlineOf(z.strictObject({ a: Text, b: z.array(schema) }))).toBeUndefined();
    expect(outlineOf(z.strictObject({ a: Text, b: schema.optional() }))).toBeUndefined();
  });
});

describe('a whole value', () => {
  const schema = z.object({ a: Uuid, b: z.array(Day).min(1), c: Text.nullable().optional(), d: z.object({ e: flag() }).optional() });
  const fits = fitOf(schema);
  const id = '00000000-0000-4000-8000-00000000000a';

  it.each<[string, unknown]>([
    ['all of it', { a: id, b: ['2026-03-02'], c: 'x', d: { e: true } }],
    ['what need not be there left out', { a: id, b: ['2026-03-02'] }],
    ['its fields in another order', { d: { e: false }, c: null, b: ['2026-03-02'], a: id }],
  ])('fits with %s', (_, value) => {
    expect(fits(value)).toBe(true);
    expect(schema.parse(value)).toEqual(value);
  });

  it.each<[string, unknown]>([
    ['has a field that the schema leaves out', { a: id, b: ['2026-03-02'], later: 1 }],
    ['has one further in', { a: id, b: ['2026-03-02'], d: { e: true, later: 1 } }],
    ['has one of an odd name', JSON.parse(`{"a":"${id}","b":["2026-03-02"],"__proto__":{}}`)],
    ['lacks one', { b: ['2026-03-02'] }],
    ['has a wrong one', { a: id, b: ['2026-02-30'] }],
    ['has a list that is too short', { a: id, b: [] }],
    ['is a list', [id]],
    ['is nothing', null],
  ])('is left to the schema when it %s', (_, value) => {
    expect(fits(value)).toBe(false);
  });

  it('is left to a schema of which no outline can be drawn', () => {
    expect(fitOf(z.object({ a: Text.trim() }))({ a: 'x' })).toBe(false);
  });

  it('comes out of the schema as it went in, whatever fits', () => {
    const part = fc.oneof(anything, fc.constant(id));
    const value = fc.record({ a: part, b: fc.array(fc.oneof(part, fc.constant('2026-03-02'))), c: part }, { requiredKeys: ['a', 'b'] });
    fc.assert(
      fc.property(value, (one) => {
        if (fits(one)) expect(schema.parse(one)).toEqual(one);
      }),
      { numRuns: 2_000 },
    );
  });
});
