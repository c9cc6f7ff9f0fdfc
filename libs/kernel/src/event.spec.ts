import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { defineContract } from './contract.js';
import { defineEvent } from './event.js';
import { handle, sealed, Text } from './fields.js';
import { PersonId, Uuid } from './ids.js';

const shape = { personId: PersonId, name: sealed(Text, { of: 'personId' }) };
const personId = PersonId.parse('0192d0b4-8f2e-7c1a-9b43-2f6a1d9e0c11');

describe('an event', () => {
  const Told = defineEvent('test.Told.v1', shape, ({ name }) => `Told of ${typeof name === 'string' ? name : 'someone'}.`);

  it('is made by its definition, with the type it was given', () => {
    expect(Told({ personId, name: 'Amir' })).toEqual({ type: 'test.Told.v1', data: { personId, name: 'Amir' } });
    expect(Told.tell({ personId, name: 'Amir' }, {} as never)).toBe('Told of Amir.');
    expect(Told.seals).toHaveLength(1);
  });

  it('takes no field that its shape does not name', () => {
    expect(Told.schema.safeParse({ personId, name: 'Amir' }).success).toBe(true);
    expect(Told.schema.safeParse({ personId, name: 'Amir', nickname: 'A' }).success).toBe(false);
    expect(Told.schema.safeParse({ personId }).success).toBe(false);
  });

  it('is refused when a leaf is declared neither open nor sealed', () => {
    expect(() => defineEvent('test.Told.v1', { ...shape, nickname: z.string() }, () => '')).toThrow('test.Told.v1: nickname');
  });

  it.each(['test.told.v1', 'Test.Told.v1', 'test.Told.v0', 'test.Told.v01', 'test.Told', 'test.Told.v1.v2'])(
    'is not of the type %s, which is no stable name',
    (type) => {
      expect(() => defineEvent(type as 'test.Told.v1', shape, () => '')).toThrow('want service.WhatHappened.v1');
    },
  );
});

describe('a contract', () => {
  const define = (fields: z.ZodRawShape, type = 'earlyhelp.test.told.v1') => defineContract(type as 'earlyhelp.test.told.v1', fields);

  it('travels on the topic of its service', () => {
    expect(define({ personId: PersonId, reason: handle() })).toMatchObject({
      type: 'earlyhelp.test.told.v1',
      topic: 'earlyhelp.test.events.v1',
    });
  });

  it('is refused with a sealed field, at whatever depth', () => {
    expect(() => define(shape)).toThrow('take the sealed fields out');
    expect(() => define({ people: z.array(z.strictObject(shape)) })).toThrow('take the sealed fields out');
  });

  it('is refused with a field that nobody declared', () => {
    expect(() => define({ personId: PersonId, name: z.string() })).toThrow('declare the field');
  });

  it('bears fields that came later', () => {
    expect(define({ id: Uuid }).schema.safeParse({ id: personId, later: 1 }).success).toBe(true);
    expect(define({ id: Uuid }).schema.safeParse({ later: 1 }).success).toBe(false);
  });

  it.each(['earlyhelp.Test.told.v1', 'earlyhelp.test.Told.v1', 'earlyhelp.test.told.v0', 'earlyhelp.test.told', 'other.test.told.v1'])(
    'is not of the type %s',
    (type) => {
      expect(() => define({ id: Uuid }, type)).toThrow('want earlyhelp.service.what-happened.v1');
    },
  );
});
