import fc, { type Arbitrary } from 'fast-check';
import { canary } from './values.js';

/** Replaced in the text of the body, since no stack holds it as a value. */
const deep = '@@deep@@';

const wrong: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1.5,
  2 ** 53,
  true,
  [],
  {},
  [null],
  [[]],
  [{}],
  { stranger: canary },
  { length: 1, 0: 'x' },
  { toString: 1, valueOf: 1 },
  { hasOwnProperty: 1 },
  { constructor: 1 },
  canary,
  [canary, canary],
  canary.repeat(2_000),
  `${canary}\u0000`,
  `${canary}\u0007`,
  `${canary}\ud83d`,
  '\udc00',
  '😀'.repeat(150),
  'é'.repeat(200),
  'e\u0301'.repeat(150),
  '\u202e\u200b\ufeff',
  ' ',
  '\n',
  '2026-02-30',
  '2025-02-29',
  '0000-01-01',
  '9999-12-31',
  '2026-02-30T10:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-01-01T23:59:60Z',
  '0000-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59-14:00',
  '2026-01-01T00:00:00+99:99',
  '2026-03-29T01:30:00',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  deep,
];

interface Mutation {
  /** Which of the places in the body, counted round. */
  readonly place: number;
  readonly kind: 'replace' | 'remove' | 'wrap' | 'repeat' | 'add';
  readonly value: unknown;
}

const mutation: Arbitrary<Mutation> = fc.record({
  place: fc.nat(200),
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('replace' as const) },
    { weight: 2, arbitrary: fc.constant('remove' as const) },
    { weight: 1, arbitrary: fc.constantFrom('wrap' as const, 'repeat' as const, 'add' as const) },
  ),
  value: fc.constantFrom(...wrong),
});

type Holder = Record<string, unknown>;
interface Place {
  readonly holder: Holder;
  readonly key: string;
}

const placesIn = (value: unknown): Place[] => {
  if (typeof value !== 'object' || value === null) return [];
  const holder = value as Holder;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
};

const applied = (body: unknown, { place, kind, value }: Mutation): unknown => {
  const changed: unknown = structuredClone(body);
  const places = placesIn(changed);
  const at = places[place % Math.max(1, places.length)];
  if (!at) return kind === 'replace' ? value : { stranger: value };
  const { holder, key } = at;
  if (kind === 'remove') Reflect.deleteProperty(holder, key);
  else if (kind === 'wrap') holder[key] = [holder[key]];
  else if (kind === 'repeat') holder[key] = [holder[key], holder[key]];
  else if (kind === 'add') holder['stranger'] = value;
  else holder[key] = value;
  return changed;
};

/** A body with up to three things wrong; often with none. */
export const mutated = (body: Arbitrary<unknown>): Arbitrary<unknown> =>
  fc
    .tuple(body, fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 3, arbitrary: fc.array(mutation, { maxLength: 3 }) }))
    .map(([sound, mutations]) => mutations.reduce<unknown>(applied, sound));

const deeply = '['.repeat(50_000) + ']'.repeat(50_000);
const deeplyNamed = '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000);

/** As it goes over the wire. */
export const textOf = (body: unknown, named: boolean): string =>
  JSON.stringify(body).replaceAll(JSON.stringify(deep), named ? deeplyNamed : deeply);

/** What is no body at all. */
export const brokenTexts: readonly string[] = [
  '',
  '{',
  '[]',
  'null',
  '"text"',
  '7',
  '{"a":1e999}',
  '\ufeff{}',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{"a":1}}}',
  '{"then":1,"toString":1}',
  `{"${canary}":}`,
  deeply,
  deeplyNamed,
  `{${Array.from({ length: 5_000 }, (_, index) => `"stranger${index}":1`).join(',')}}`,
  `{"${'s'.repeat(100_000)}":1}`,
  '{"a":1}{"b":2}',
];
