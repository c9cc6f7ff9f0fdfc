import { indexable, serialise } from '../../check-query.js';
import { BadDocument, type Document } from '../../read-model-store.js';
import type { DocumentRow } from './layout.js';

/**
 * A document of ours is kept as `{ _id, body, f, e, v }`: its JSON, what its indexes hold (`f` scalars, `e` elements of arrays), and for each writer
 * how far it has written here. The body is text because JSON keeps what BSON would change: names with dots and dollars, the kinds of numbers.
 * A removed one leaves `{ _id, gone, v }`, so that a writer who comes late does not bring it back.
 */
interface Fields {
  readonly f: Readonly<Record<string, string | number | null>>;
  readonly e: Readonly<Record<string, readonly (string | number | null)[]>>;
}

/** 16 MiB is MongoDB's limit for all of a document. */
const maxBytes = 15 * 1024 * 1024;
/** FerretDB keeps an index entry, value and id, in a row of at most 8,191 bytes. */
const maxIndexedBytes = 4_000;

const [nul, one] = ['\u0000', '\u0001'];

/** Text without NUL, which PostgreSQL beneath FerretDB does not take. Order, equality and beginnings stay as they were. */
export const textOf = (text: string): string =>
  text.includes(nul) || text.includes(one) ? text.replaceAll(one, '\u0001\u0002').replaceAll(nul, '\u0001\u0001') : text;

/** A value as an index holds it. */
export const indexed = (value: unknown): string | number | null => {
  const plain = indexable(value);
  if (typeof plain === 'string') return textOf(plain);
  // What JSON does not hold is null in the body, too.
  return plain === null || !Number.isFinite(plain) ? null : plain + 0;
};

/** @returns the document as JSON. @throws BadDocument for what could not be kept, so that nothing is begun that cannot be finished */
export const bodyOf = (collection: string, indexes: readonly string[], document: Document): string => {
  const body = serialise(collection, document);
  let bytes = Buffer.byteLength(body);
  for (const [field, value] of indexedValues(indexes, document)) {
    const size = typeof value === 'string' ? Buffer.byteLength(value) : 8;
    if (size > maxIndexedBytes) throw new BadDocument(`${collection}: ${field} is indexed and over ${maxIndexedBytes} bytes`);
    bytes += size;
  }
  if (bytes > maxBytes) throw new BadDocument(`${collection}: a document is over ${maxBytes} bytes`);
  return body;
};

const indexedValues = (indexes: readonly string[], document: Document): readonly (readonly [string, string | number | null])[] => {
  const { f, e } = fieldsOf(indexes, document);
  return [...Object.entries(f), ...Object.entries(e).flatMap(([field, values]) => values.map((value) => [field, value] as const))];
};

export const fieldsOf = (indexes: readonly string[], document: Document): Fields => {
  const f: Record<string, string | number | null> = {};
  const e: Record<string, (string | number | null)[]> = {};
  for (const field of indexes) {
    const value = document[field];
    f[field] = Array.isArray(value) ? null : indexed(value);
    if (Array.isArray(value)) e[field] = value.filter((element) => typeof element !== 'object' || element === null).map(indexed);
  }
  return { f, e };
};

export const documentOf = <D extends Document>(row: DocumentRow | null | undefined): D | undefined =>
  row?.body === undefined ? undefined : (JSON.parse(row.body) as D);
