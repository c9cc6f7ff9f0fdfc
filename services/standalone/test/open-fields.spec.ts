import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Day, declarationOf, defineContract, defineEvent, flag, handle, Instant, LongText, sealed, UserId, Uuid } from '@waymark/kernel';
import { vocabularyOf } from '@waymark/nest';
import { z } from 'zod';
import { services } from '../src/services.js';

/** docs/adr/0017: what stays in clear of every event and contract, and why. */
const record = readFileSync(join(import.meta.dirname, '../../../docs/adr/0017-what-stays-in-clear.md'), 'utf8');

interface Typed {
  readonly type: unknown;
  readonly schema: z.ZodType;
}

/** Where the open fields of a schema stand, less those whose kind says enough: ids, staff and organisations, moments, days. */
const openFieldsOf = (node: z.ZodType, path = ''): readonly string[] => {
  const declaration = declarationOf(node);
  if (node instanceof z.ZodLiteral || declaration?.kind === 'sealed') return [];
  const inner = within(node);
  if (declaration) return saysEnough(inner) ? [] : [path];
  return inner === node ? openFieldsIn(node, path) : openFieldsOf(inner, path);
};

const openFieldsIn = (node: z.ZodType, path: string): readonly string[] => {
  if (node instanceof z.ZodArray) return openFieldsOf(node.element as z.ZodType, `${path}[]`);
  if (!(node instanceof z.ZodObject)) throw new TypeError(`${path}: this check does not know how to look into it`);
  return Object.entries(node.shape as Record<string, z.ZodType>).flatMap(([name, child]) =>
    openFieldsOf(child, path === '' ? name : `${path}.${name}`),
  );
};

const within = (node: z.ZodType): z.ZodType =>
  node instanceof z.ZodOptional || node instanceof z.ZodNullable || node instanceof z.ZodReadonly
    ? within(node.unwrap() as z.ZodType)
    : node;

const patternOf = (node: z.ZodType) => z.toJSONSchema(node, { unrepresentable: 'any' })['pattern'];
const handlesOfPeople = patternOf(UserId);
const saysEnough = (node: z.ZodType): boolean =>
  node instanceof z.ZodUUID ||
  node instanceof z.ZodISODateTime ||
  node instanceof z.ZodISODate ||
  (node instanceof z.ZodString && patternOf(node) === handlesOfPeople);

/** The rows `| type | fields | reason |`, as `type field`. A type may begin with "*", for every service. */
const rowsIn = (text: string): readonly { readonly type: string; readonly field: string; readonly reason: string }[] =>
  [...text.matchAll(/^\| `([^`]+)` +\| (`.+`) +\| ([a-z -]+?) +\|$/gm)].flatMap(([, type = '', fields = '', reason = '']) =>
    [...fields.matchAll(/`([^`]+)`/g)].map(([, field = '']) => ({ type, field, reason })),
  );

const fits = (pattern: string, type: string): boolean => (pattern.startsWith('*') ? type.endsWith(pattern.slice(1)) : pattern === type);

/** What of these types is in clear and has no row, and which rows name nothing that is. */
const amiss = (text: string, definitions: readonly Typed[]): { readonly unnamed: string[]; readonly stale: string[] } => {
  const open = definitions.flatMap(({ type, schema }) => openFieldsOf(schema).map((field) => ({ type: String(type), field })));
  const rows = rowsIn(text);
  const isOf = (row: { type: string; field: string }, one: { type: string; field: string }) =>
    row.field === one.field && fits(row.type, one.type);
  return {
    unnamed: open.filter((one) => !rows.some((row) => isOf(row, one))).map(({ type, field }) => `${type} ${field}`),
    stale: rows.filter((row) => !open.some((one) => isOf(row, one))).map(({ type, field }) => `${type} ${field}`),
  };
};

const events: readonly Typed[] = vocabularyOf(services).events;
const contracts: readonly Typed[] = services.flatMap(({ publishes }) => publishes?.contracts ?? []);
const everything = [...events, ...contracts];

describe('B3 what stays in clear', () => {
  it('is in the decision record with its reason, field by field, of every event and contract', () => {
    expect(events.length).toBeGreaterThan(80);
    expect(contracts.length).toBeGreaterThan(30);
    expect(amiss(record, everything)).toEqual({ unnamed: [], stale: [] });
  });

  it('every reason that a row gives is one that the record explains', () => {
    const explained = new Set([...record.matchAll(/^- \*\*([a-z -]+)\*\*:/gm)].map(([, reason]) => reason));
    expect(rowsIn(record).filter(({ reason }) => !explained.has(reason))).toEqual([]);
  });

  it('a field that somebody leaves in clear is found, in an event and in a contract', () => {
    const planted = defineEvent(
      'test.Planted.v1',
      {
        personId: Uuid,
        at: Instant,
        on: Day.nullable(),
        parts: z.array(z.strictObject({ by: UserId, diagnosis: handle() })),
        harmed: flag(),
        story: sealed(LongText, { of: 'personId' }),
      },
      () => 'A planted event.',
    );
    const contract = defineContract('earlyhelp.test.planted.v1', {
      caseId: Uuid,
      needs: z.array(z.object({ needId: Uuid, code: handle() })),
    });
    expect(amiss(record, [planted, contract]).unnamed).toEqual([
      'test.Planted.v1 parts[].diagnosis',
      'test.Planted.v1 harmed',
      'earlyhelp.test.planted.v1 needs[].code',
    ]);
  });

  it('a row that names nothing in clear is found', () => {
    const more = `${record}\n| \`referral.ContactReceived.v1\` | \`reasons[]\` | work |\n`;
    expect(amiss(more, everything).stale).toEqual(['referral.ContactReceived.v1 reasons[]']);
  });
});
