import type { mongo } from 'mongoose';
import type { Condition, IndexValue, Query } from '../../read-model-store.js';
import { indexed, textOf } from './documents.js';
import type { DocumentRow } from './layout.js';

type Filter = mongo.Filter<DocumentRow>;

const pathOf = (field: string): string => (field === 'id' ? '_id' : `f.${field}`);
const beyondEveryText = '\u{10FFFF}';

const filterOf = (condition: Condition): Record<string, unknown> => {
  const path = pathOf(condition.field);
  if ('has' in condition) return { [`e.${condition.field}`]: elementOf(condition.has) };
  if ('is' in condition) return { [path]: indexed(condition.is) };
  if ('oneOf' in condition) return { [path]: { $in: condition.oneOf.map(indexed) } };
  if ('startsWith' in condition) {
    const beginning = textOf(condition.startsWith);
    return { [path]: { $gte: beginning, $lt: beginning + beyondEveryText } };
  }
  // The server compares values of one kind only, so that an open end runs into no other.
  return {
    [path]: {
      ...(condition.from === undefined ? {} : { $gte: indexed(condition.from) }),
      ...(condition.below === undefined ? {} : { $lt: indexed(condition.below) }),
    },
  };
};

/** Null would match documents without an array as well. */
const elementOf = (value: IndexValue) => (value === null ? { $elemMatch: { $eq: null } } : indexed(value));

const there = { gone: null };

export const whereFilter = (where: readonly Condition[]): Filter => ({ $and: [there, ...where.map(filterOf)] }) as unknown as Filter;

/** Everything after the place where the page before ended. Null comes first, and comparing with it says nothing. */
const beyond = (field: string, descending: boolean, value: IndexValue, id: string): Record<string, unknown> => {
  const path = pathOf(field);
  const way = descending ? '$lt' : '$gt';
  const key = { [way]: textOf(id) };
  if (field === 'id') return { _id: key };
  const tied = { [path]: indexed(value), _id: key };
  if (value === null) return descending ? tied : { $or: [{ [path]: { $ne: null } }, tied] };
  const past = { [path]: { [way]: indexed(value) } };
  return { $or: descending ? [past, { [path]: null }, tied] : [past, tied] };
};

export const pageFilter = (query: Query, place?: { value: IndexValue; id: string }): Filter => {
  const conditions: Record<string, unknown>[] = [there, ...(query.where ?? []).map(filterOf)];
  if (place) conditions.push(beyond(query.sortBy ?? 'id', query.descending ?? false, place.value, place.id));
  return { $and: conditions };
};

export const sortOf = ({ sortBy = 'id', descending = false }: Query): [string, 1 | -1][] => {
  const way = descending ? -1 : 1;
  return sortBy === 'id'
    ? [['_id', way]]
    : [
        [pathOf(sortBy), way],
        ['_id', way],
      ];
};
