import fc from 'fast-check';
import { ERASED } from '@waymark/kernel';

/** Values that a field may wrongly, or just so rightly, hold. */
const values: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  'A name',
  'A\u0007bell',
  'half \ud800',
  'whole \u{1f600}',
  'x'.repeat(201),
  'two\nlines',
  '2026-02-30',
  '2024-02-29',
  '2026-03-02T09:15:00.000Z',
  '2026-03-02T09:15:00Z',
  '00000000-0000-4000-8000-00000000000A',
  '00000000-0000-4000-8000-00000000000a',
  0,
  -1,
  1.5,
  1e21,
  Number.NaN,
  true,
  false,
  [],
  {},
  ['x', null],
  { erased: true },
  { erased: false },
  ERASED,
  new Date(0),
];

/** A later alteration must find no value of another place, which could be put into itself. */
const fresh = (value: unknown): unknown => (Object.isFrozen(value) ? value : structuredClone(value));

type Edit = (holder: Record<string, unknown>, name: string) => void;

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.constantFrom(...values).map(
    (value): Edit =>
      (holder, name) =>
        void (holder[name] = fresh(value)),
  ),
  fc.constant<Edit>((holder, name) => void delete holder[name]),
  fc.constant<Edit>((holder) => void (holder['extra'] = 'A name')),
  fc.constant<Edit>((holder, name) => void (Array.isArray(holder) ? holder.push(structuredClone(holder[Number(name)])) : undefined)),
  // The same field, but last.
  fc.constant<Edit>((holder, name) => {
    const value = holder[name];
    if (!Array.isArray(holder) && delete holder[name]) holder[name] = value;
  }),
  fc.constant<Edit>((holder) => void (Array.isArray(holder) ? undefined : Object.setPrototypeOf(holder, { inherited: 'A name' }))),
  fc.constant<Edit>((holder) => void Object.defineProperty(holder, 'hidden', { value: 'A name', configurable: true })),
);

/** Data with a few things altered wherever they may be; often still valid, more often not. */
export const alteredFrom = (data: unknown): fc.Arbitrary<unknown> =>
  fc.array(fc.tuple(fc.nat(), edit), { maxLength: 3 }).map((edits) => {
    const root = { data: structuredClone(data) };
    for (const [index, change] of edits) {
      const places = placesIn(root);
      const place = places[index % places.length];
      if (place) change(...place);
    }
    return root.data;
  });

type Place = [holder: Record<string, unknown>, name: string];

const placesIn = (value: unknown): Place[] =>
  typeof value !== 'object' || value === null || Object.isFrozen(value)
    ? []
    : Object.keys(value).flatMap((name) => [[value, name] as Place, ...placesIn((value as Record<string, unknown>)[name])]);
