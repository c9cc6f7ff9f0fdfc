interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly schema?: Schema;
}
/** The part of an OpenAPI document that says what its addresses take. */
export interface Addresses {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly parameters?: readonly Parameter[] }>>>>;
}

/** The only text without a shape of its own: sealed by the platform, so that nobody's words can stand in it. */
const sealedByThePlatform = 'cursor';

/** Whatever is not said to be bounded is free. */
const isBounded = ({ type = '', ...schema }: Schema): boolean =>
  ['integer', 'number', 'boolean'].includes(type) || [schema.enum, schema.format, schema.pattern].some((shape) => shape !== undefined);

const isFree = ({ name, schema = {} }: Parameter): boolean => name !== sealedByThePlatform && !isBounded(schema);

/** Every part of a path or query string that takes text as it comes, as `GET /api/… name`. There should be none: addresses stand in logs. */
export const freeTextInAddresses = ({ paths }: Addresses): string[] =>
  Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).flatMap(([method, { parameters = [] }]) =>
      parameters
        .filter((parameter) => (parameter.in === 'path' || parameter.in === 'query') && isFree(parameter))
        .map(({ name }) => `${method.toUpperCase()} ${path} ${name}`),
    ),
  );
