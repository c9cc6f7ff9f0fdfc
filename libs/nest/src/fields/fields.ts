import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { AreIds, AreParts, IsCalendarDay, IsId, IsShortText, IsMoment, IsPart, IsLongText } from './checks.js';
import { IsMadeOf, type Class } from './part.js';
import { shortTextPattern, longTextPattern } from './readable.js';

/**
 * One decorator per kind of field: its check at the edge (class-validator), its limit and its description in the
 * OpenAPI document, said once.
 */
export interface FieldOptions {
  readonly optional?: true;
  readonly description?: string;
  readonly example?: unknown;
}

const field = (options: FieldOptions, api: ApiPropertyOptions, ...checks: PropertyDecorator[]) =>
  applyDecorators(
    // An optional field is left out; a handler could not distinguish null from a fault.
    ...(options.optional ? [ValidateIf((_, value) => value !== undefined)] : []),
    ...checks,
    ApiProperty({
      ...api,
      required: !options.optional,
      ...(options.description ? { description: options.description } : {}),
      ...(options.example === undefined ? {} : { example: options.example }),
    } as ApiPropertyOptions),
  );

const uuid = '^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';
const uuidShape = { type: 'string', format: 'uuid', pattern: uuid } as const;

/** An id that the platform gave out. */
export const Id = (options: FieldOptions = {}) => field(options, uuidShape, IsId());
export const IdList = ({ min = 0, max = 100, ...options }: FieldOptions & { min?: number; max?: number } = {}) =>
  field(
    options,
    { type: 'array', items: uuidShape, minItems: min, maxItems: max, uniqueItems: true },
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    ArrayUnique(),
    AreIds(),
  );

const slug = /^[a-z0-9][a-z0-9._-]{0,62}$/;
const slugShape = { type: 'string', pattern: slug.source } as const;

/** A user, an organisation: a short handle in lower case. */
export const Handle = (options: FieldOptions = {}) =>
  field(options, slugShape, Matches(slug, { message: 'must be a short handle in lower case' }));
export const HandleList = ({ min = 0, max = 50, ...options }: FieldOptions & { min?: number; max?: number } = {}) =>
  field(
    options,
    { type: 'array', items: slugShape, minItems: min, maxItems: max, uniqueItems: true },
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    ArrayUnique(),
    Matches(slug, { each: true, message: 'each must be a short handle in lower case' }),
  );

/** A name or a line: 1 to 200 characters. */
export const ShortText = (options: FieldOptions = {}) =>
  field(options, { type: 'string', minLength: 1, maxLength: 200, pattern: shortTextPattern }, IsShortText());
/** Free text: 1 to 20,000 characters. */
export const LongText = (options: FieldOptions = {}) =>
  field(options, { type: 'string', minLength: 1, maxLength: 20_000, pattern: longTextPattern }, IsLongText());

const oneOf = (values: readonly string[], each = false) =>
  IsIn([...values], { each, message: `${each ? 'each ' : ''}must be one of: ${values.join(', ')}` });
export const Code = (values: readonly string[], options: FieldOptions = {}) =>
  field(options, { type: 'string', enum: [...values] }, oneOf(values));
export const CodeList = (
  values: readonly string[],
  { min = 0, max = 50, ...options }: FieldOptions & { min?: number; max?: number } = {},
) =>
  field(
    options,
    { type: 'array', items: { type: 'string', enum: [...values] }, minItems: min, maxItems: max, uniqueItems: true },
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    ArrayUnique(),
    oneOf(values, true),
  );

/** From 1900 to 2199: beyond them dates cannot be reckoned with. 29 February stands for every year. */
const dayPattern = '(19|20|21)[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))';
const timePattern = 'T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,3})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])';

/** A day of the calendar that exists, `2026-03-02`. */
export const CalendarDay = (options: FieldOptions = {}) =>
  field(options, { type: 'string', format: 'date', pattern: `^${dayPattern}$` }, IsCalendarDay());
/** A moment with its offset, `2026-03-02T09:15:00+00:00`. */
export const Moment = (options: FieldOptions = {}) =>
  field(options, { type: 'string', format: 'date-time', pattern: `^${dayPattern}${timePattern}$` }, IsMoment());
export const YesNo = (options: FieldOptions = {}) => field(options, { type: 'boolean' }, IsBoolean());
export const Integer = ({ min, max, ...options }: FieldOptions & { min: number; max: number }) =>
  field(options, { type: 'integer', minimum: min, maximum: max }, IsInt(), Min(min), Max(max));

export const Part = (type: () => Class, options: FieldOptions = {}) =>
  field(options, { type: () => type() }, IsPart(), ValidateNested(), Type(type), IsMadeOf(type));
export const PartList = (type: () => Class, { min = 0, max = 50, ...options }: FieldOptions & { min?: number; max?: number } = {}) =>
  field(
    options,
    // The documentation knows a class that is named later by the function's own name, `type`.
    { type: () => type(), isArray: true, minItems: min, maxItems: max },
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    AreParts(),
    ValidateNested({ each: true }),
    Type(type),
    IsMadeOf(type),
  );

/** What every request that records something may say. */
export class RecordingRequest {
  @Moment({ optional: true, description: 'When it happened, if earlier than now (a late entry says so, GEN-02).' })
  occurredAt?: string;
}
