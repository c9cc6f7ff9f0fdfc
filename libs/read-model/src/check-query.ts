import {
  BadDocument,
  BadQuery,
  maxDocumentLength,
  type Collection,
  type Condition,
  type Document,
  type IndexValue,
  type Query,
} from './read-model-store.js';

export const defaultLimit = 50;
const maxLimit = 500;
const maxConditions = 20;
const maxAlternatives = 500;
const maxIdLength = 300;

const isIndexValue = (value: unknown): value is IndexValue => value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** @throws BadQuery for names that an engine would need to escape */
export const checkCollection = ({ name, indexes }: Collection): void => {
  if (!/^[a-z][a-z0-9-]*\.[a-z][a-z0-9.-]{0,80}$/.test(name)) throw new BadQuery(`collection ${name}: want <service>.<name> in lower case`);
  const wrong = indexes.find((field) => !/^[A-Za-z][A-Za-z0-9_]{0,60}$/.test(field) || field === 'id');
  if (wrong !== undefined) throw new BadQuery(`collection ${name}: index ${wrong} is not a property name`);
};

/** @throws BadQuery when a condition names a field without an index, or says nothing */
export const checkConditions = (collection: Collection, where: readonly Condition[]): void => {
  if (where.length > maxConditions) throw new BadQuery(`where: at most ${maxConditions} conditions`);
  for (const condition of where) {
    requireIndex(collection, condition.field);
    if (!says(condition)) throw new BadQuery(`${condition.field}: the condition says nothing that an index can answer`);
  }
};

const requireIndex = (collection: Collection, field: string): void => {
  if (field !== 'id' && !collection.indexes.includes(field)) throw new BadQuery(`${field}: ${collection.name} has no index over it`);
};

const says = (condition: Condition): boolean => {
  if ('is' in condition) return isIndexValue(condition.is);
  if ('has' in condition) return isIndexValue(condition.has);
  if ('startsWith' in condition) return typeof condition.startsWith === 'string';
  if ('oneOf' in condition) return condition.oneOf.length <= maxAlternatives && condition.oneOf.every(isIndexValue);
  const ends = [condition.from, condition.below].filter((end) => end !== undefined);
  return ends.length > 0 && ends.every((end) => typeof end === typeof ends[0] && (typeof end === 'string' || typeof end === 'number'));
};

/** @returns the length of a page. @throws BadQuery */
export const checkQuery = (collection: Collection, query: Query): number => {
  checkConditions(collection, query.where ?? []);
  if (query.sortBy !== undefined) requireIndex(collection, query.sortBy);
  const limit = query.limit ?? defaultLimit;
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) throw new BadQuery(`limit: a whole number from 1 to ${maxLimit}`);
  return limit;
};

/** @returns the document as JSON. @throws BadDocument */
export const serialise = (collection: string, document: Document): string => {
  const { id } = document;
  if (typeof id !== 'string' || id.length === 0 || id.length > maxIdLength)
    throw new BadDocument(`${collection}: a document's id has 1 to ${maxIdLength} characters`);
  const json = jsonOf(collection, document);
  if (json.length > maxDocumentLength) throw new BadDocument(`${collection}: a document is over ${maxDocumentLength} characters`);
  return json;
};

const jsonOf = (collection: string, document: Document): string => {
  try {
    return JSON.stringify(document);
  } catch (cause) {
    throw new BadDocument(`${collection}: a document is not JSON`, { cause });
  }
};

/** A value as an index holds it. Objects have none; booleans are 0 and 1. */
export const indexable = (value: unknown): string | number | null => {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'string' || typeof value === 'number' ? value : null;
};
