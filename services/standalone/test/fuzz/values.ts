import fc, { type Arbitrary } from 'fast-check';
import { resolved, type Document, type Schema } from './document.js';

/** Stands in every text that is sent; no refusal may repeat it. */
export const canary = 'Quetzalcanary';

/** Ids that exist, by the name under which the platform showed them. */
export type Known = Readonly<Record<string, readonly string[]>>;

const people = /person|child|people|covers|by|agreed|giver|copy|child/i;

const stranger = fc.uuid({ version: 4 });

/** Mostly an id that fits the name, else one of another kind, of another case, or of nothing. */
export const idNamed = (name: string, known: Known): Arbitrary<string> => {
  const all = Object.values(known).flat();
  const fitting = known[name] ?? (people.test(name) ? known['personId'] : undefined) ?? all;
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...fitting) },
    { weight: 2, arbitrary: fc.constantFrom(...all) },
    { weight: 1, arbitrary: stranger },
    { weight: 1, arbitrary: fc.constantFrom(...all).map((id) => id.toUpperCase()) },
  );
};

const texts = fc.constantFrom(
  canary,
  `${canary} is often tired.`,
  `${canary} ${'x'.repeat(180)}`,
  `${canary} in Łódź, żółć, 北京, مرحبا`,
  `${canary} ${'👩‍👧‍👦'.repeat(20)}`,
);
const days = fc.constantFrom('2026-02-28', '2024-02-29', '2018-05-14', '2009-01-01', '2026-12-24', '2027-03-28');
/** Beside ordinary moments: the hours that summer time takes and gives twice, and midnight. */
const moments = fc.constantFrom(
  '2026-03-02T09:15:00Z',
  '2026-03-29T01:30:00+01:00',
  '2025-10-26T01:30:00+01:00',
  '2025-10-26T01:30:00Z',
  '2024-02-29T23:59:59.999Z',
  '2026-04-20T00:00:00Z',
  '2030-01-01T00:00:00-12:00',
);
const slugs = fc.constantFrom('dana', 'fenbank-primary', 'early-help-hub', 'city-health', 'take-part-in-early-help', 'health', 'v3');

interface Circumstances {
  readonly document: Document;
  readonly known: Known;
}

/** A value that the schema allows, more or less: what it says by words alone is left to chance. */
export const valueOf = (schema: Schema, name: string, world: Circumstances): Arbitrary<unknown> => {
  const plain = resolved(schema, world.document);
  if (plain.enum) return fc.constantFrom(...plain.enum);
  const make = makers[plain.type ?? (plain.properties ? 'object' : 'string')] ?? textOf;
  return make(plain, name, world);
};

type Maker = (schema: Schema, name: string, world: Circumstances) => Arbitrary<unknown>;

const numberOf: Maker = ({ minimum = 0, maximum = 100 }) => fc.integer({ min: minimum, max: maximum });

const textOf = ({ format, pattern, maxLength = 0 }: Schema, name: string, { known }: Circumstances): Arbitrary<string> => {
  if (format === 'uuid') return idNamed(name, known);
  if (format === 'date') return days;
  if (format === 'date-time') return moments;
  // A handle has no length of its own; a line and a story have, and a pattern too.
  if (pattern && maxLength === 0) return slugs;
  return maxLength > 200 ? fc.oneof({ weight: 9, arbitrary: texts }, { weight: 1, arbitrary: fc.constant(canary.repeat(1500)) }) : texts;
};

const listOf = ({ items = {}, minItems = 0, maxItems = 3 }: Schema, name: string, world: Circumstances): Arbitrary<unknown[]> =>
  fc.uniqueArray(valueOf(items, name, world), {
    minLength: Math.min(minItems, 3),
    maxLength: Math.min(Math.max(minItems, 3), maxItems),
    selector: (value) => JSON.stringify(value),
  });

const objectOf = ({ properties = {}, required = [] }: Schema, _name: string, world: Circumstances): Arbitrary<Record<string, unknown>> => {
  const parts = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, valueOf(schema, name, world)]));
  return fc.record(parts, { requiredKeys: [...required] });
};

const makers: Readonly<Record<string, Maker>> = {
  object: objectOf,
  array: listOf,
  boolean: () => fc.boolean(),
  integer: numberOf,
  number: numberOf,
};
