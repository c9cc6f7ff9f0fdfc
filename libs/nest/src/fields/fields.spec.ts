import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { ValidateBy, validateSync } from 'class-validator';
import { fastValidate } from '../http/fast-validate.js';
import { ValidationPipe } from '../http/validation.pipe.js';
import { Problem } from '../problems/problem.js';
import {
  CalendarDay,
  Code,
  CodeList,
  Handle,
  Id,
  IdList,
  ShortText,
  Moment,
  Part,
  PartList,
  RecordingRequest,
  LongText,
  Integer,
  YesNo,
} from './fields.js';

class Inner {
  @ShortText() name!: string;
}
class Request extends RecordingRequest {
  @Id() id!: string;
  @Code(['a', 'b']) code!: string;
  @CodeList(['a', 'b'], { min: 1 }) codes!: string[];
  @Handle() organisation!: string;
  @CalendarDay() on!: string;
  @Moment({ optional: true }) at?: string;
  @LongText() story!: string;
  @Integer({ min: 1, max: 10 }) score!: number;
  @YesNo() agreed!: boolean;
  @Part(() => Inner) inner!: Inner;
  @PartList(() => Inner, { max: 2 }) parts!: Inner[];
  @IdList({ optional: true }) ids?: string[];
}

const good = {
  id: '0192f3a0-0000-7000-8000-000000000001',
  code: 'a',
  codes: ['b'],
  organisation: 'fenbank-primary',
  on: '2026-02-28',
  story: 'Often tired.',
  score: 3,
  agreed: true,
  inner: { name: 'Leila' },
  parts: [{ name: 'Amir' }],
};
const check = (body: unknown): unknown => new ValidationPipe().transform(body, { type: 'body', metatype: Request });
const refusal = (body: unknown): Problem['document'] => {
  try {
    check(body);
  } catch (error) {
    if (error instanceof Problem) return error.document;
    throw error;
  }
  throw new Error('it was accepted');
};

/** A field, and a value that it does not take. */
const wrong: [field: string, value: unknown][] = [
  ['id', 'not-an-id'],
  ['code', 'c'],
  ['codes', []],
  ['codes', ['a', 'a']],
  ['organisation', 'Fenbank Primary'],
  ['on', '2026-02-30'],
  ['on', '2026-2-3'],
  ['at', '2026-02-30T10:00:00Z'],
  ['at', '2026-02-03T25:00:00Z'],
  ['at', '2026-02-03T10:00:00'],
  ['story', 'x'.repeat(20_001)],
  ['story', 'bell \u0007'],
  ['story', ''],
  ['story', 7],
  ['score', 11],
  ['score', 1.5],
  ['score', '3'],
  ['agreed', 'yes'],
  ['ids', ['x']],
  ['parts', [{ name: 'a' }, { name: 'b' }, { name: 'c' }]],
  ['stranger', 1],
  ['id', '0192F3A0-0000-7000-8000-00000000000A'],
  ['ids', ['0192F3A0-0000-7000-8000-00000000000A']],
  ['ids', null],
  ['at', null],
  ['occurredAt', null],
  ['at', '9999-12-31T23:59:59-14:00'],
  ['on', '0000-01-01'],
  ['story', 'half of a smile: \ud83d'],
  ['story', '\u{1f600}'.repeat(20_001)],
  ['inner', undefined],
  ['inner', null],
  ['inner', []],
  ['inner', [{ name: 'a' }]],
  ['parts', [null]],
  ['parts', [[{ name: 'a' }]]],
  ['inner', { constructor: 1 }],
  ['inner', { name: { toString: 1 } }],
  // A17
  ...[
    '   ',
    '\u00a0\u2003',
    '\u2800',
    '\u3164',
    '\u200d',
    'Amir\u200b',
    'Ami\u00adr',
    '\u202eriмA',
    'a\nb',
    'a\u2028b',
    '\ufeffAmir',
    '\u2066x\u2069',
  ].map((name): [string, unknown] => ['inner', { name }]),
  ...['  \n\t ', '\u200b\u200b', 'She said \u202eon\u202c.', 'x\u2067y'].map((story): [string, unknown] => ['story', story]),
];

/** What people are called, and what is pasted into a box for free text. */
const right: [field: string, value: unknown][] = [
  ...["O'Brien", 'Łucja Żółć', 'محمد', 'می\u200cخواهم', '李', 'A', '👩\u200d👧', 'José\u0301', ' Amir ', 'Anne–Marie', '1'].map(
    (name): [string, unknown] => ['inner', { name }],
  ),
  ...['First.\n\tSecond.', 'soft\u00adhyphen', '\ufeffPasted', 'Left\u200e to right', '🏴'].map((story): [string, unknown] => [
    'story',
    story,
  ]),
];

describe('fields', () => {
  it('take what fits', () => {
    expect(check(good)).toBeInstanceOf(Request);
    expect(check({ ...good, occurredAt: '2026-03-02T09:15:00+01:00' })).toMatchObject({ occurredAt: '2026-03-02T09:15:00+01:00' });
  });

  it.each(wrong)('refuse %s: %j, naming the field', (field, value) => {
    expect(refusal({ ...good, [field]: value })).toMatchObject({ status: 400, field: expect.stringMatching(new RegExp(`^${field}\\b`)) });
  });

  it.each(right)('A17 take what people write, %s: %j', (field, value) => {
    expect(check({ ...good, [field]: value })).toMatchObject({ [field]: value });
  });

  it('A17 answer in no time, whatever is sent', () => {
    const began = performance.now();
    for (const long of [' '.repeat(20_000), `${' '.repeat(19_999)}\u202e`, `${'x '.repeat(9_999)}\u202e`])
      expect(refusal({ ...good, story: long })).toMatchObject({ field: 'story' });
    expect(performance.now() - began).toBeLessThan(500);
  });

  it('refuse what is nested without end', () => {
    const deep = JSON.parse(`${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`) as unknown;
    expect(refusal({ ...good, inner: deep })).toMatchObject({ status: 400, field: 'inner' });
    expect(refusal(deep)).toMatchObject({ status: 400, field: 'a' });
  });

  it('say little of a body full of strangers', () => {
    const strangers = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`stranger${index}`.padEnd(5_000, '-'), 1]));
    expect(JSON.stringify(refusal({ ...good, ...strangers })).length).toBeLessThan(5_000);
  });

  it('name a field of a part by its path, and every fault', () => {
    const document = refusal({ ...good, inner: { name: '', stranger: 1 }, parts: [{}] });
    expect(document.errors?.map(({ field }) => field)).toEqual(expect.arrayContaining(['inner.name', 'inner.stranger', 'parts.0.name']));
  });

  it('never repeat the value that was sent', () => {
    expect(JSON.stringify(refusal({ ...good, organisation: 'Leila Q. Canary' }))).not.toContain('Canary');
  });

  it.each([[undefined], [null], [[]], ['text'], [7]])('refuse a body that is %j', (body) => {
    expect(refusal(body)).toMatchObject({ status: 400 });
  });
});

describe('the quick check of a body', () => {
  const isSound = (body: object) =>
    validateSync(plainToInstance(Request, body), { whitelist: true, forbidNonWhitelisted: true }).length === 0;

  it('gives an instance, its parts instances too, of what is sound', () => {
    const instance = fastValidate(Request, good) as Request;
    expect(instance).toBeInstanceOf(Request);
    expect(instance).toEqual(plainToInstance(Request, good));
    expect([instance.inner, ...instance.parts].every((part) => part instanceof Inner)).toBe(true);
  });

  it.each(wrong)('knows nothing good of %s: %j', (field, value) => {
    expect(fastValidate(Request, { ...good, [field]: value })).toBeUndefined();
  });

  it('never takes what class-validator refuses, whatever is left out or put in another place', () => {
    const values = Object.values(good);
    for (const field of Object.keys(good))
      for (const value of [...values, undefined, null, {}, [], [[]], '', 0])
        if (fastValidate(Request, { ...good, [field]: value }))
          expect([field, value, isSound({ ...good, [field]: value })]).toEqual([field, value, true]);
  });

  it('leaves a class with a check that it does not know to class-validator', () => {
    class Later {
      @ValidateBy({ name: 'later', async: true, validator: { validate: () => Promise.resolve(true) } }) name!: string;
    }
    expect(fastValidate(Later, { name: 'a' })).toBeUndefined();
    expect(fastValidate(class Undeclared {}, {})).toBeUndefined();
  });
});

describe('the description of a part', () => {
  it.each(['inner', 'parts'])('names its own class, deferred the way the documentation knows: %s', (field) => {
    const { type } = Reflect.getMetadata('swagger/apiModelProperties', Request.prototype, field) as { type: () => unknown };
    expect([type.name, type()]).toEqual(['type', Inner]);
  });
});
