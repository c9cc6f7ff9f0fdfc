import type { SQLInputValue } from 'node:sqlite';
import { indexable } from '../check-query.js';
import type { Condition, IndexValue, Query } from '../read-model-store.js';

export interface Sql {
  readonly text: string;
  readonly values: readonly SQLInputValue[];
}

/** The column of an index; names were checked when the collection was declared. */
export const column = (field: string): string => (field === 'id' ? 'id' : `"i_${field}"`);

const sql = (text: string, ...values: readonly IndexValue[]): Sql => ({ text, values: values.map(indexable) });

const join = (parts: readonly Sql[], between: string): Sql => ({
  text: parts.map(({ text }) => text).join(between),
  values: parts.flatMap(({ values }) => values),
});

const condition = (generation: number, given: Condition): Sql => {
  const name = column(given.field);
  if ('has' in given) return sql(`id IN (SELECT id FROM e${generation} WHERE field = '${given.field}' AND value IS ?)`, given.has);
  if ('is' in given) return given.is === null ? sql(`${name} IS NULL`) : sql(`${name} = ?`, given.is);
  if ('oneOf' in given) return oneOf(name, given.oneOf);
  if ('startsWith' in given) return sql(`(${name} >= ? AND ${name} < ? || char(1114111))`, given.startsWith, given.startsWith);
  return range(name, given.from, given.below);
};

const oneOf = (name: string, alternatives: readonly IndexValue[]): Sql => {
  const values = alternatives.filter((value) => value !== null);
  // The values travel as one JSON parameter, so that lists of every length share a statement.
  const listed: Sql = { text: `${name} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values.map(indexable))] };
  return values.length === alternatives.length ? listed : join([sql('('), listed, sql(` OR ${name} IS NULL)`)], '');
};

const range = (name: string, from?: string | number, below?: string | number): Sql => {
  const parts: Sql[] = [];
  if (from !== undefined) parts.push(sql(`${name} >= ?`, from));
  if (below !== undefined) parts.push(sql(`${name} < ?`, below));
  // SQLite orders null, numbers, text: a range that is open at one side must not run into another kind.
  if (typeof (from ?? below) === 'number') parts.push(sql(`${name} < ''`));
  else if (from === undefined) parts.push(sql(`${name} >= ''`));
  return join(parts, ' AND ');
};

export const whereClause = (generation: number, where: readonly Condition[]): Sql => {
  if (where.length === 0) return sql('');
  const all = join(
    where.map((given) => condition(generation, given)),
    ' AND ',
  );
  return { text: ` WHERE ${all.text}`, values: all.values };
};

/** Everything after the place where the page before ended. Null comes first, so that comparing with it needs words of its own. */
const beyond = (field: string, descending: boolean, value: IndexValue, id: string): Sql => {
  const name = column(field);
  const sign = descending ? '<' : '>';
  if (field === 'id') return sql(`id ${sign} ?`, id);
  if (value === null)
    return descending ? sql(`(${name} IS NULL AND id < ?)`, id) : sql(`(${name} IS NOT NULL OR (${name} IS NULL AND id > ?))`, id);
  const rest = descending ? `(${name} < ? OR ${name} IS NULL` : `(${name} > ?`;
  return sql(`${rest} OR (${name} = ? AND id ${sign} ?))`, value, value, id);
};

const behind = (clause: Sql, { text, values }: Sql): Sql => ({ text: `${clause.text === '' ? ' WHERE ' : ' AND '}${text}`, values });

/** One page and one row more, which tells whether there is another. */
export const pageQuery = (generation: number, query: Query, limit: number, place?: { value: IndexValue; id: string }): Sql => {
  const field = query.sortBy ?? 'id';
  const descending = query.descending ?? false;
  const clause = whereClause(generation, query.where ?? []);
  const after = place ? behind(clause, beyond(field, descending, place.value, place.id)) : sql('');
  const way = descending ? 'DESC' : 'ASC';
  const order = field === 'id' ? `id ${way}` : `${column(field)} ${way}, id ${way}`;
  return {
    text: `SELECT id, body, ${column(field)} AS place FROM d${generation}${clause.text}${after.text} ORDER BY ${order} LIMIT ?`,
    values: [...clause.values, ...after.values, limit + 1],
  };
};
