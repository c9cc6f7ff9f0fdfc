import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { count, open, sealed, Text } from './fields.js';
import { PersonId } from './ids.js';
import { planSeals } from './seal-plan.js';

const plan = (shape: z.ZodRawShape) => planSeals('test.Told.v1', z.strictObject(shape));
const name = sealed(Text, { of: 'personId' });

describe('the plan of what is sealed', () => {
  it('lists where the sealed fields stand and whose they are', () => {
    expect(plan({ personId: PersonId, name, age: count() })).toEqual([{ steps: ['name'], subject: { field: 'personId', depth: 0 } }]);
  });

  it('finds the nearest id, going outwards', () => {
    const person = z.strictObject({ personId: PersonId, name });
    const contact = z.strictObject({ details: z.strictObject({ phone: sealed(Text, { of: 'personId' }) }) });
    expect(plan({ personId: PersonId, people: z.array(person), contact: contact.optional() })).toEqual([
      { steps: ['people', '*', 'name'], subject: { field: 'personId', depth: 2 } },
      { steps: ['contact', 'details', 'phone'], subject: { field: 'personId', depth: 0 } },
    ]);
  });

  it('takes the case of the envelope where the event names none', () => {
    expect(plan({ story: sealed(Text, { of: 'caseId' }) })).toEqual([{ steps: ['story'], subject: { field: 'caseId', depth: -1 } }]);
    expect(plan({ caseId: PersonId, story: sealed(Text, { of: 'caseId' }) })[0]?.subject.depth).toBe(0);
  });

  it('B1 says which fields a type got after it was in use', () => {
    const nickname = sealed(Text, { of: 'personId', addedLater: true });
    expect(plan({ personId: PersonId, people: z.array(z.strictObject({ name, nickname: nickname.optional() })) })).toEqual([
      { steps: ['people', '*', 'name'], subject: { field: 'personId', depth: 0 } },
      { steps: ['people', '*', 'nickname'], subject: { field: 'personId', depth: 0 }, addedLater: true },
    ]);
  });

  it('seals a part as a whole, whatever is in it', () => {
    const address = sealed(z.strictObject({ lines: z.array(z.string()) }), { of: 'personId' });
    expect(plan({ personId: PersonId, address: address.nullable() })).toEqual([
      { steps: ['address'], subject: { field: 'personId', depth: 0 } },
    ]);
  });

  it.each([
    ['a leaf', { note: z.string() }, 'test.Told.v1: note'],
    ['a shared text', { note: Text }, 'note'],
    ['a leaf of a part', { part: z.strictObject({ note: z.string().optional() }) }, 'part.note'],
    ['the elements of a list', { notes: z.array(z.string()) }, 'notes.*'],
    ['a union', { note: z.union([z.string(), z.number()]) }, 'note'],
    ['a record', { notes: z.record(z.string(), z.string()) }, 'notes'],
    ['a date', { born: z.iso.date().nullable() }, 'born'],
  ])('refuses %s that nobody declared, and says where', (_, shape, where) => {
    expect(() => plan(shape as z.ZodRawShape)).toThrow(`${where}`);
    expect(() => plan(shape as z.ZodRawShape)).toThrow('declare the field');
  });

  it('takes the same leaf once it is declared', () => {
    expect(plan({ note: open(z.string()) })).toEqual([]);
    expect(plan({ kind: z.literal('fixed') })).toEqual([]);
  });

  it('refuses a part that lets unnamed fields through', () => {
    expect(() => plan({ part: z.looseObject({ id: PersonId }) })).toThrow('part: name every field');
    expect(() => plan({ part: z.object({ id: PersonId }).catchall(z.string()) })).toThrow('part: name every field');
    expect(plan({ part: z.strictObject({ id: PersonId }) })).toEqual([]);
  });

  it('refuses a field that would make its object pass for an erased one', () => {
    expect(() => plan({ part: z.strictObject({ personId: PersonId, name, erased: open(z.boolean()) }) })).toThrow(
      'part: no field may be called erased',
    );
  });

  it('refuses a subject that is not there, or is not one open id', () => {
    expect(() => plan({ name })).toThrow('no enclosing object has that field');
    expect(() => plan({ people: z.array(z.strictObject({ personId: PersonId })), name })).toThrow('no enclosing object has that field');
    expect(() => plan({ personId: z.array(PersonId), name })).toThrow('not one open id');
    expect(() => plan({ personId: sealed(Text, { of: 'caseId' }), name })).toThrow('not one open id');
    expect(() => plan({ personId: count(), name })).toThrow('not one open id');
  });

  it('takes a subject that may be absent', () => {
    expect(plan({ personId: PersonId.nullable(), name: name.nullable() })).toHaveLength(1);
  });
});
