import { describe, expect, it } from '@jest/globals';
import { CaseId, code, count, Day, defineContract, flag, handle, Instant, jsonSchemaOf, Uuid } from '@waymark/kernel';
import { z } from 'zod';
import { differences } from './contracts.js';

const type = 'earlyhelp.planning.review-held.v1';
const shape = {
  caseId: CaseId,
  reviewId: Uuid,
  heldAt: Instant,
  outcome: code(['goes-on', 'closes']),
  next: Day.nullable(),
  attended: count(),
  reason: handle().optional(),
  needs: z.array(z.object({ needId: Uuid, code: handle() })),
};
const contract = (change: z.ZodRawShape = {}) => defineContract(type, { ...shape, ...change });
const without = (field: keyof typeof shape) =>
  defineContract(type, Object.fromEntries(Object.entries(shape).filter(([name]) => name !== field)) as z.ZodRawShape);
const published: unknown = JSON.parse(JSON.stringify(jsonSchemaOf(contract())));
const open = (schema: z.ZodType) => schema as never;

describe('B8 a published version never changes', () => {
  it('is let through as it was published, and read by JSON Schema alone', () => {
    expect(differences(published, contract())).toEqual([]);
    expect(published).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `urn:waymark:contract:${type}`,
      type: 'object',
      additionalProperties: false,
      properties: { caseId: { type: 'string', format: 'uuid' }, heldAt: { format: 'date-time' } },
    });
  });

  it.each([
    ['a field removed', without('attended'), /properties\.attended/],
    ['a field added', contract({ later: flag() }), /properties\.later/],
    ['an optional field added', contract({ later: open(handle().optional()) }), /properties\.later/],
    ['a field renamed', defineContract(type, { ...without('reviewId').schema.shape, meetingId: Uuid }), /properties\.meetingId/],
    ["a field's type changed", contract({ attended: flag() }), /properties\.attended\.type/],
    ['an optional field made required', contract({ reason: handle() }), /required/],
    ['a required field made optional', contract({ attended: open(count().optional()) }), /required/],
    ['a code removed', contract({ outcome: code(['goes-on']) }), /properties\.outcome/],
    ['a code added', contract({ outcome: code(['goes-on', 'closes', 'pauses']) }), /properties\.outcome\.enum\.2/],
    ['a format changed', contract({ heldAt: Day }), /properties\.heldAt\.format/],
    ['null allowed', contract({ heldAt: open(Instant.nullable()) }), /properties\.heldAt/],
    ['null forbidden', contract({ next: Day }), /properties\.next/],
    ['a length limited', contract({ needs: open(shape.needs.max(3)) }), /properties\.needs\.maxItems/],
    [
      'a field added within a field',
      contract({ needs: open(z.array(z.object({ needId: Uuid, code: handle(), since: Day }))) }),
      /needs\.items/,
    ],
    ['another name', defineContract('earlyhelp.planning.review-held.v2', shape), /\$id/],
  ])('is refused with %s, and told what to do', (_, changed, where) => {
    const found = differences(published, changed);
    expect(found.join('\n')).toMatch(where);
    expect(found.join('\n')).toMatch(/publish a new version beside it/);
  });

  it('is refused when other fields are let in', () => {
    const loose = { type, topic: contract().topic, schema: contract().schema.loose() };
    expect(differences(published, loose as never).join()).toMatch(/additionalProperties/);
  });
});
