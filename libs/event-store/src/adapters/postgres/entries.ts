import type pg from 'pg';
import { toPosition } from '../place.js';
import type { Rows } from './rows.js';

/**
 * One row for each event of the slice that an index does not know. `position + 0` is what no index has, so that each entry is found by the index that is
 * looked at; a count in brackets is made for each event by itself, whatever the planner thinks of the slice.
 */
const unknownTo = (index: string, of: string, entry: string): string => `
  SELECT '${index}' AS index, e.position FROM slice e
  WHERE ${of} AND (SELECT count(*) FROM waymark_events.events i WHERE ${entry} AND i.position + 0 = e.position) = 0`;

/** Exported for a test of its query plan. */
export const lostEntries = `
  WITH slice AS MATERIALIZED (
    SELECT position, stream, version, batch, case_id, id, command_id FROM waymark_events.events WHERE position > $1 AND position <= $2
  ), lost AS (
    ${[
      unknownTo('events_by_stream', 'true', 'i.stream = e.stream AND i.version = e.version'),
      unknownTo('events_by_command', 'e.batch > 0', 'i.stream = e.stream AND i.command_id = e.command_id AND i.batch > 0'),
      unknownTo('events_by_case', 'e.case_id IS NOT NULL', 'i.case_id = e.case_id'),
      unknownTo('events_by_id', 'true', 'i.id = e.id'),
    ].join(' UNION ALL ')}
  ) SELECT index, position FROM lost ORDER BY position, index LIMIT 1`;

/** @throws StoreUnusable naming the index and the first event behind `after` and up to `to` that it does not know */
export const assertEntries = async (pool: pg.Pool, rows: Rows, after: number, to: number): Promise<void> => {
  const found = await pool.query<{ index: string; position: string }>({ name: 'waymark-entries', text: lostEntries, values: [after, to] });
  const [lost] = found.rows;
  if (lost) throw rows.damaged(`the index ${lost.index} does not know the event at position ${toPosition(Number(lost.position))}`);
};
