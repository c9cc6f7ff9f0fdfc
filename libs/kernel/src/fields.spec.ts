import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  code,
  count,
  declarationOf,
  ERASED,
  flag,
  handle,
  isErased,
  LongText,
  open,
  reveal,
  revealText,
  sealed,
  Text,
  isWithheld,
  shown,
  withheld,
} from './fields.js';

describe('a field', () => {
  it('is open where it says so, sealed where it says so, and nothing by itself', () => {
    expect(declarationOf(open(z.string()))).toEqual({ kind: 'open' });
    expect(declarationOf(sealed(z.string(), { of: 'childId' }))).toEqual({ kind: 'sealed', of: 'childId', addedLater: false });
    expect(declarationOf(z.string())).toBeUndefined();
  });

  it('declared open in one place stays undeclared in every other', () => {
    const once = open(Text);
    expect(declarationOf(once)).toEqual({ kind: 'open' });
    expect(declarationOf(Text)).toBeUndefined();
    expect(once.safeParse('').success).toBe(false);
  });

  it('loses its declaration when a check is added afterwards, so that it has to be declared again', () => {
    expect(declarationOf(open(z.string()).max(3))).toBeUndefined();
  });

  it.each([code(['a', 'b']), handle(), flag(), count()])('of a plain kind is open (%#)', (schema) => {
    expect(declarationOf(schema)).toEqual({ kind: 'open' });
  });

  it('that is a handle takes no free text', () => {
    expect(handle().safeParse('peterborough/2025-06').success).toBe(true);
    for (const text of ['two words', '', '-x', 'é', 'a'.repeat(82), 'line\nbreak']) expect(handle().safeParse(text).success).toBe(false);
  });
});

describe('what is kept back', () => {
  it('ACC-01 is told from what is there and from what was erased, and says by which rule', () => {
    const back = withheld('ACC-01');
    expect(JSON.parse(JSON.stringify(back))).toEqual({ withheld: true, rule: 'ACC-01' });
    expect([back, ERASED, null, 'a name', { withheld: 'no' }].map(isWithheld)).toEqual([true, false, false, false, false]);
    expect([shown<string, string>(back, '(not for you)'), shown('Dana', '(not for you)')]).toEqual(['(not for you)', 'Dana']);
    expect(isErased(back)).toBe(false);
  });
});

describe('a text', () => {
  it('may have lines, and no control characters, no half characters, and no absurd length', () => {
    expect(LongText.safeParse('first line\nsecond\tline, “quoted”, 😀').success).toBe(true);
    for (const text of ['', 'a\u0000b', 'a\u001bb', 'a\ud800b', 'a'.repeat(20_001)]) expect(LongText.safeParse(text).success).toBe(false);
    expect(Text.safeParse('a'.repeat(200)).success).toBe(true);
    expect(Text.safeParse('a'.repeat(201)).success).toBe(false);
  });
});

describe('an erased value', () => {
  it('is taken by a sealed field in place of the value, also after a trip through JSON', () => {
    const field = sealed(Text, { of: 'childId' });
    expect(field.parse('Amir')).toBe('Amir');
    expect(isErased(field.parse(JSON.parse(JSON.stringify(ERASED))))).toBe(true);
    expect(field.safeParse({ erased: false }).success).toBe(false);
  });

  it('reads as what the reader says in its place', () => {
    expect(revealText('Amir')).toBe('Amir');
    expect(revealText(ERASED)).toBe('(erased)');
    expect(reveal<number, null>(ERASED, null)).toBeNull();
    expect(reveal<number, null>(0, null)).toBe(0);
  });
});
