import { z } from 'zod';
import { declarationOf } from './fields.js';
import { isUuid } from './uuid.js';

/** Whether a value is certain to pass, and to come out as it went in. */
export type CompiledCheck = (value: unknown) => boolean;

/**
 * What a schema asks for, as far as plain code can tell it. Made for the way to the store, where every event is checked: what an outline lets
 * pass is what the schema gives back unchanged, in the outline's order of fields. What it does not let pass is for the schema to judge.
 */
export type Outline =
  | { readonly kind: 'value'; readonly sure: CompiledCheck }
  /** Or what is left of it after an erasure. */
  | { readonly kind: 'sealed'; readonly sure: CompiledCheck }
  | { readonly kind: 'maybe'; readonly without: null | undefined; readonly within: Outline }
  | { readonly kind: 'list'; readonly element: Outline; readonly sure: CompiledCheck }
  | { readonly kind: 'object'; readonly fields: readonly OutlineField[] };

export interface OutlineField {
  readonly name: string;
  readonly outline: Outline;
}

/** The outline of a schema; undefined where a part of it is of a kind that only the schema itself can judge. */
export const outlineOf = (schema: z.ZodType): Outline | undefined => {
  if (declarationOf(schema)?.kind === 'sealed') return sealedOutline(schema);
  switch (schema.def.type) {
    case 'optional':
      return maybe(schema, undefined);
    case 'nullable':
      return maybe(schema, null);
    case 'readonly':
      return unchecked(schema) && outlineOf((schema as z.ZodReadonly<z.ZodType>).unwrap());
    case 'array':
      return list(schema as z.ZodArray<z.ZodType>);
    case 'object':
      return object(schema as z.ZodObject);
    default:
      return value(schema);
  }
};

/** The question that a schema comes to: whether a value is certain to pass whole and as it is. False may be doubt, which is for the schema to settle. */
export const fitOf = (schema: z.ZodType): CompiledCheck => {
  const outline = outlineOf(schema);
  return outline ? fitsOutline(outline) : () => false;
};

const fitsOutline = (outline: Outline): CompiledCheck => {
  switch (outline.kind) {
    case 'value':
    case 'sealed':
      return outline.sure;
    case 'maybe': {
      const [without, within] = [outline.without, fitsOutline(outline.within)];
      return (value) => value === without || within(value);
    }
    case 'list': {
      const [sure, element] = [outline.sure, fitsOutline(outline.element)];
      return (value) => sure(value) && (value as readonly unknown[]).every(element);
    }
    case 'object':
      return fitsObject(outline.fields.map(({ name, outline }) => ({ name, fits: fitsOutline(outline) })));
  }
};

/** A field that the schema does not know it leaves out, and so the value is not what comes out of it. */
const fitsObject = (fields: readonly { readonly name: string; readonly fits: CompiledCheck }[]): CompiledCheck => {
  const names = new Set(fields.map(({ name }) => name));
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    for (const name in value) if (!names.has(name)) return false;
    return fields.every(({ name, fits }) => fits((value as Record<string, unknown>)[name]));
  };
};

const value = (schema: z.ZodType): Outline | undefined => {
  const sure = sureOf(schema);
  return sure && { kind: 'value', sure };
};

const sealedOutline = (schema: z.ZodType): Outline | undefined => {
  const [value] = schema instanceof z.ZodUnion && unchecked(schema) ? (schema.options as z.ZodType[]) : [];
  const outline = value && outlineOf(value);
  return outline && { kind: 'sealed', sure: fitsOutline(outline) };
};

const maybe = (schema: z.ZodType, without: null | undefined): Outline | undefined => {
  const within = unchecked(schema) && outlineOf((schema as z.ZodOptional<z.ZodType> | z.ZodNullable<z.ZodType>).unwrap());
  return within && { kind: 'maybe', without, within };
};

const list = (schema: z.ZodArray<z.ZodType>): Outline | undefined => {
  // What is asked about a list as a whole is asked once its elements are known to fit.
  if (schema.def.checks?.some(({ _zod: { def } }) => def.check === 'custom')) return undefined;
  const [element, sure] = [outlineOf(schema.element), every(Array.isArray, schema)];
  return element && sure && { kind: 'list', element, sure };
};

const object = (schema: z.ZodObject): Outline | undefined => {
  const { catchall, shape } = schema.def;
  if (!unchecked(schema) || (catchall && !(catchall instanceof z.ZodNever))) return undefined;
  const fields: OutlineField[] = [];
  for (const [name, field] of Object.entries(shape)) {
    const outline = outlineOf(field as z.ZodType);
    if (!outline) return undefined;
    fields.push({ name, outline });
  }
  return { kind: 'object', fields };
};

/** Nothing of its own is asked beyond what it is made of. */
const unchecked = (schema: z.ZodType): true | undefined => (schema.def.checks?.length ? undefined : true);

const sureOf = (schema: z.ZodType): CompiledCheck | undefined => {
  switch (schema.def.type) {
    case 'string':
      return every(isString, schema);
    case 'number':
      return every(Number.isFinite, schema);
    case 'boolean':
      return every((value) => typeof value === 'boolean', schema);
    case 'enum':
    case 'literal':
      return every(isOneOf(schema as z.ZodEnum | z.ZodLiteral), schema);
    default:
      return undefined;
  }
};

const isString: CompiledCheck = (value) => typeof value === 'string';

const isOneOf = (schema: z.ZodEnum | z.ZodLiteral): CompiledCheck => {
  const { values } = schema._zod;
  return (value) => values.has(value as string);
};

/** The kind of value, then every check of the schema, in its order. */
const every = (kind: CompiledCheck, schema: z.ZodType): CompiledCheck | undefined => {
  const { checks = [], coerce } = schema.def as { checks?: readonly z.core.$ZodCheck<never>[]; coerce?: boolean };
  // A format (a date, an id) is a check that stands in the schema itself.
  const format = 'check' in schema.def ? [checkOf(schema.def)] : [];
  const all = [kind, ...format, ...checks.map((check) => checkOf(check._zod.def))];
  if (coerce || all.includes(undefined)) return undefined;
  const asked = joined(all as readonly CompiledCheck[]);
  return isIdentifier(schema) ? (value) => isUuid(value) || asked(value) : asked;
};

/** A UUID of any version, in lower case or not, of which nothing else is asked. */
const isIdentifier = (schema: z.ZodType): boolean => {
  const { format, version, checks = [] } = schema.def as { format?: string; version?: string; checks?: readonly z.core.$ZodCheck<never>[] };
  const asked = [format, ...checks.map(({ _zod: { def } }) => (def as { format?: string }).format)];
  return format === 'uuid' && version === undefined && asked.every((name) => name === 'uuid' || name === 'lowercase');
};

const joined = ([first, second, third, ...more]: readonly CompiledCheck[]): CompiledCheck => {
  if (!first || !second) return first ?? (() => true);
  if (!third) return (value) => first(value) && second(value);
  const rest = joined([third, ...more]);
  return (value) => first(value) && second(value) && rest(value);
};

type Checking = Readonly<Record<string, unknown>>;

/** One check of a schema as a question; undefined for one that is not known here, or that changes the value. */
const checkOf = (def: object): CompiledCheck | undefined => known[(def as { check: string }).check]?.(def as Checking);

const known: Readonly<Record<string, (def: Checking) => CompiledCheck | undefined>> = {
  string_format: ({ format, pattern }) => (plainFormats.has(format) && pattern instanceof RegExp ? matches(pattern) : undefined),
  min_length:
    ({ minimum }) =>
    (value) =>
      (value as { length: number }).length >= (minimum as number),
  max_length:
    ({ maximum }) =>
    (value) =>
      (value as { length: number }).length <= (maximum as number),
  number_format: ({ format }) => (format === 'safeint' ? Number.isSafeInteger : undefined),
  greater_than: ({ value: least, inclusive }) =>
    typeof least !== 'number' ? undefined : inclusive ? (value) => (value as number) >= least : (value) => (value as number) > least,
  less_than: ({ value: most, inclusive }) =>
    typeof most !== 'number' ? undefined : inclusive ? (value) => (value as number) <= most : (value) => (value as number) < most,
  custom: ({ fn }) => (typeof fn === 'function' ? (value) => (fn as (value: unknown) => unknown)(value) === true : undefined),
};

/** Those that their pattern says all about. */
const plainFormats = new Set<unknown>(['uuid', 'datetime', 'date', 'regex', 'lowercase']);

const matches = (pattern: RegExp): CompiledCheck | undefined =>
  // A pattern that remembers where it stopped answers differently each time.
  pattern.global || pattern.sticky ? undefined : (value) => pattern.test(value as string);
