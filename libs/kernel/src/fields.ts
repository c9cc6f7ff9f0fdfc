import { z } from 'zod';
import type { RuleId } from './decision.js';

/**
 * Every leaf of an event says what it is: `open` (an id, a code, a date that tells nothing by itself) or
 * `sealed` (personal: encrypted under the key of the person or case it is about). A leaf that says neither
 * is refused when the event is defined, so nothing personal is written in clear because somebody forgot.
 */
export type FieldDeclaration = { readonly kind: 'open' } | { readonly kind: 'sealed'; readonly of: string; readonly addedLater: boolean };

const declarations = new WeakMap<object, FieldDeclaration>();

export const declarationOf = (schema: object): FieldDeclaration | undefined => declarations.get(schema);

/** Declares that a value is not personal and stays readable for ever, even after an erasure. */
export const open = <S extends z.ZodType>(schema: S): S => {
  // A copy: a schema that is shared (Text) must not count as declared wherever else it is used.
  const declared = schema.clone();
  declarations.set(declared, { kind: 'open' });
  return declared;
};

/** What a sealed field reads as once its subject's key was destroyed. */
export interface Erased {
  readonly erased: true;
}
export const ERASED: Erased = Object.freeze({ erased: true });
export type Sealed<T> = T | Erased;

/** What somebody may not see of a record that they may see in part: the gate's policy keeps it back, by a rule. Never stored. */
export interface Withheld {
  readonly withheld: true;
  readonly rule: RuleId;
}
/** A value as a reader is handed it: there, or kept back. Every reader handles both, because the type says so. */
export type Shown<T> = T | Withheld;

export const withheld = (rule: RuleId): Withheld => Object.freeze({ withheld: true, rule });

export const isWithheld = (value: unknown): value is Withheld =>
  typeof value === 'object' && value !== null && (value as { withheld?: unknown }).withheld === true;

/** The value, or what to say in its place where it is kept back. */
export const shown = <T, F>(value: Shown<T>, whenWithheld: F): T | F => (isWithheld(value) ? whenWithheld : value);

/** What is left of data when every sealed field is taken out: all that somebody sees for whom nothing is opened. */
export type OpenPart<T> = 0 extends 1 & T // any
  ? T
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Element)[]
      ? readonly OpenPart<Element>[]
      : { [K in keyof T as Erased extends T[K] ? never : K]: OpenPart<T[K]> };

export const isErased = (value: unknown): value is Erased =>
  value === ERASED || (typeof value === 'object' && value !== null && (value as { erased?: unknown }).erased === true);

/** The value, or what to say in its place after an erasure. */
export const reveal = <T, F>(value: Sealed<T>, whenErased: F): T | F => (isErased(value) ? whenErased : value);

/** The text, or "(erased)". */
export const revealText = (value: Sealed<string>): string => reveal(value, '(erased)');

const erasedSchema = open(z.custom<Erased>((value) => isErased(value)));

/**
 * Declares a personal value and whose it is.
 * @param of the name of the field that holds the subject's id (a person or a case), looked for beside the
 *   sealed field first, then outwards; `caseId` falls back to the case of the event's envelope.
 * @param addedLater the type was in use before it had this field: older events have none, whoever was erased
 */
export const sealed = <S extends z.ZodType>(schema: S, { of, addedLater = false }: { of: string; addedLater?: boolean }) => {
  const field = z.union([schema, erasedSchema]) as z.ZodType<Sealed<z.output<S>>>;
  declarations.set(field, { kind: 'sealed', of, addedLater });
  return field;
};

/** One of a fixed list of words. */
export const code = <const T extends readonly [string, ...string[]]>(values: T) => open(z.enum(values));
/** A short handle from configuration or a published list (a policy's id, a notice's version). Never free text. */
export const handle = () => open(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,80}$/, 'must be a short handle'));
export const flag = () => open(z.boolean());
export const count = () => open(z.number().int().min(0).max(1_000_000));

// eslint-disable-next-line no-control-regex -- they are what it looks for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const half = /\p{Surrogate}/u;
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => !control.test(value), 'must not contain control characters')
    // Half a character has no UTF-8: the store would keep something else than what was told.
    .refine((value) => !half.test(value), 'must not contain half characters');

/** A name or a line, 200 characters at most. Always sealed. */
export const Text = text(200);
/** Free text, 20,000 characters at most. Always sealed. */
export const LongText = text(20_000);
