/** Raised with every change of the tables, or of what the functions take and give; an older version of Waymark refuses a newer layout. */
export const layout = 2;
/** Raised with every other change of the functions: an older edition is replaced, a newer one left alone, and processes of both work side by side. */
export const edition = 3;
export const channel = 'waymark_events';

/** Keys of advisory locks, in the databases that hold a record: 'WMev', and what for. */
const lockClass = 0x574d6576;
export const migrating = `pg_advisory_xact_lock(${lockClass}, 0)`;
/** Held from the choice of a position until its commit can be seen, so that positions become visible in their order. */
export const inOrder = `PERFORM pg_advisory_xact_lock(${lockClass}, 1);`;

const uniqueIds = 'CREATE UNIQUE INDEX events_by_id ON waymark_events.events (id);';

/**
 * Events lie in the order of their positions. `batch` is the number of events of an append on its first event and 0 on the others, so that
 * one partial index finds a command's result. Dates and data are kept as the very text that was given; `context` says who acted, why and
 * under which policy; `checksum` covers the whole row. "C" orders text by its bytes, as positions, instants and prefixes need it.
 */
const tables = `
  CREATE SCHEMA waymark_events;
  CREATE TABLE waymark_events.meta (key text PRIMARY KEY, value text NOT NULL);
  CREATE TABLE waymark_events.events (
    position bigint PRIMARY KEY,
    stream text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    batch integer NOT NULL,
    type text COLLATE "C" NOT NULL,
    case_id uuid,
    id uuid NOT NULL,
    occurred_at text COLLATE "C" NOT NULL,
    recorded_at text COLLATE "C" NOT NULL,
    context text NOT NULL,
    command_id uuid NOT NULL,
    correlation_id uuid NOT NULL,
    causation_id uuid NOT NULL,
    checksum bigint NOT NULL,
    data text NOT NULL
  );
  CREATE UNIQUE INDEX events_by_stream ON waymark_events.events (stream, version);
  CREATE UNIQUE INDEX events_by_command ON waymark_events.events (stream, command_id) WHERE batch > 0;
  CREATE INDEX events_by_case ON waymark_events.events (case_id, position) WHERE case_id IS NOT NULL;
  ${uniqueIds}`;

/**
 * Finishes a checksum where place and moment are chosen: 52 bits of SHA-256 over them and what the writer covered; `placedChecksum` in rows.ts is the same.
 */
const placedChecksum = (place: string, moment: string, given: string): string =>
  `('x' || substr(encode(sha256(convert_to((${place})::text || ' ' || length(${moment}) || ':' || ${moment} || ${given}, 'UTF8')), 'hex'), 1, 13))::bit(52)::bigint`;

/** How long a group waits for its turn, and the session for any lock. */
const patience = '5s';

/**
 * What the writer's connection sets once. Plans are made for a large event log from the first day, and kept: they use the indexes, whatever the tables
 * hold while they are made.
 */
export const sessionSettings = `SELECT set_config('lock_timeout', '${patience}', false), set_config('enable_seqscan', 'off', false),
  set_config('plan_cache_mode', 'force_generic_plan', false)`;

/**
 * Ensures that the commit of every append reaches the disk, and that no lock is waited for without limit. Checked each time, since a pooler may have
 * given the session away; set only where needed, since setting is a good part of the cost of a small group.
 */
const durableAndPatient = `
    IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
      PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    IF current_setting('lock_timeout') <> '${patience}' THEN
      PERFORM set_config('lock_timeout', '${patience}', true);
    END IF;`;

/**
 * Takes appends of which the caller knows what they go on from. What it knows wrongly a unique index refuses, and with it the group. Elements are
 * taken from the arrays by their number, which finds them at once here: to unnest all arrays side by side copies each element twice, a fifth of the work.
 */
const appendKnown = `
  CREATE OR REPLACE FUNCTION waymark_events.append_known(
    streams text[], versions integer[], batches integer[], recorded text[], commands uuid[],
    ids uuid[], types text[], cases uuid[], occurred text[], contexts text[], correlations uuid[], causations uuid[],
    checksums text[], datas text[]
  ) RETURNS bigint
  LANGUAGE plpgsql AS $append_known$
  DECLARE
    head bigint;
  BEGIN
    ${durableAndPatient}
    ${inOrder}
    SELECT coalesce(max(position), 0) INTO head FROM waymark_events.events;
    INSERT INTO waymark_events.events
    SELECT head + e.nth, streams[e.nth], versions[e.nth], batches[e.nth], types[e.nth], cases[e.nth], e.id, occurred[e.nth], recorded[e.nth],
      contexts[e.nth], commands[e.nth], correlations[e.nth], causations[e.nth],
      ${placedChecksum('head + e.nth', 'recorded[e.nth]', 'checksums[e.nth]')}, datas[e.nth]
    FROM unnest(ids) WITH ORDINALITY AS e (id, nth);
    PERFORM pg_notify('${channel}', (head + cardinality(ids))::text);
    RETURN head;
  END
  $append_known$;`;

/**
 * Takes the appends of a group, each by itself: `taken`, or refused for its version, or found to be repeated. One call is one transaction that
 * waits for no further message of a client. Each statement in it sees what was committed before it began, so a query after the lock is up to date.
 * Plans are made for a large table from the first day: by the indexes, once.
 */
const append = `
  CREATE OR REPLACE FUNCTION waymark_events.append(
    moment text, streams text[], expected integer[], commands uuid[], batches integer[],
    owners integer[], offsets integer[], ids uuid[], types text[], cases uuid[], occurred text[], contexts text[],
    correlations uuid[], causations uuid[], checksums text[], datas text[]
  ) RETURNS TABLE (taken boolean, actual integer, first integer, last integer, reached bigint, recorded_at text, first_id uuid)
  LANGUAGE plpgsql SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $append$
  #variable_conflict use_column
  DECLARE
    head bigint;
  BEGIN
    ${durableAndPatient}
    ${inOrder}
    SELECT coalesce(max(position), 0) INTO head FROM waymark_events.events;
    RETURN QUERY
    WITH asked AS MATERIALIZED (
      SELECT a.*, coalesce(newest.version, 0) AS actual, greatest(moment, newest.recorded_at) AS recorded_at,
        before.version AS before_version, before.batch AS before_batch, before.position AS before_position,
        before.recorded_at AS before_recorded_at, before.id AS before_id,
        before.version IS NULL AND a.expected = coalesce(newest.version, 0) AS taken
      FROM unnest(streams, expected, commands, batches) WITH ORDINALITY AS a (stream, expected, command_id, batch, number)
      LEFT JOIN LATERAL (
        SELECT e.version, e.recorded_at FROM waymark_events.events e WHERE e.stream = a.stream ORDER BY e.version DESC LIMIT 1
      ) newest ON true
      LEFT JOIN LATERAL (
        SELECT e.version, e.batch, e.position, e.recorded_at, e.id FROM waymark_events.events e
        WHERE e.stream = a.stream AND e.command_id = a.command_id AND e.batch > 0 LIMIT 1
      ) before ON true
    ), placed AS MATERIALIZED (
      SELECT asked.*, head + sum(CASE WHEN taken THEN batch ELSE 0 END) OVER (ORDER BY number) AS reached FROM asked
    ), written AS (
      INSERT INTO waymark_events.events
      SELECT p.reached - p.batch + offsets[e.n], p.stream, p.actual + offsets[e.n], CASE WHEN offsets[e.n] = 1 THEN p.batch ELSE 0 END,
        types[e.n], cases[e.n], e.id, occurred[e.n], p.recorded_at, contexts[e.n], p.command_id, correlations[e.n], causations[e.n],
        ${placedChecksum('(p.reached - p.batch + offsets[e.n])::bigint', 'p.recorded_at', 'checksums[e.n]')}, datas[e.n]
      FROM unnest(ids) WITH ORDINALITY AS e (id, n)
      JOIN placed p ON p.number = owners[e.n]
      WHERE p.taken
    )
    SELECT p.taken, p.actual,
      CASE WHEN p.taken THEN p.actual + 1 ELSE p.before_version END,
      CASE WHEN p.taken THEN p.actual + p.batch ELSE p.before_version + p.before_batch - 1 END,
      CASE WHEN p.taken THEN p.reached::bigint ELSE p.before_position + p.before_batch - 1 END,
      CASE WHEN p.taken THEN p.recorded_at ELSE p.before_recorded_at END,
      p.before_id
    FROM placed p ORDER BY p.number;
    PERFORM pg_notify('${channel}', max(position)::text) FROM waymark_events.events HAVING max(position) > head;
  END
  $append$;`;

/** Exported for tests that weaken them. */
export const functions = `${appendKnown} ${append}`;

export const schema = `${tables} ${functions} INSERT INTO waymark_events.meta VALUES ('layout', '${layout}'), ('functions', '${edition}');`;

/** Makes room for the checksums of layout 2 in the tables of layout 1. */
export const roomForLayout2 = `ALTER TABLE waymark_events.events ALTER COLUMN checksum TYPE bigint`;

/** The rest of what layout 2 has beyond layout 1. The functions of layout 1 took other checksums. */
export const restOfLayout2 = `${uniqueIds}
  DROP FUNCTION waymark_events.append_known(text[], integer[], integer[], text[], uuid[], uuid[], text[], uuid[], text[], text[], uuid[], uuid[], integer[], text[]);
  DROP FUNCTION waymark_events.append(text, text[], integer[], uuid[], integer[], integer[], integer[], uuid[], text[], uuid[], text[], text[], uuid[], uuid[], integer[], text[]);
  ${functions}
  UPDATE waymark_events.meta SET value = '${layout}' WHERE key = 'layout';
  INSERT INTO waymark_events.meta VALUES ('functions', '${edition}') ON CONFLICT (key) DO UPDATE SET value = excluded.value;`;

/** Brings functions of an earlier edition up to date. */
export const newerFunctions = `${functions}
  INSERT INTO waymark_events.meta VALUES ('functions', '${edition}') ON CONFLICT (key) DO UPDATE SET value = excluded.value;`;

/** The columns of an event in the order in which {@link EventRow} takes them. */
export const eventColumns =
  'e.position, e.stream, e.version, e.type, e.case_id, e.id, e.occurred_at, e.recorded_at, e.context, e.command_id, e.correlation_id, e.causation_id, e.checksum, e.data, e.batch';

export type EventRow = readonly [
  position: string,
  stream: string,
  version: number,
  type: string,
  caseId: string | null,
  id: string,
  occurredAt: string,
  recordedAt: string,
  context: string,
  commandId: string,
  correlationId: string,
  causationId: string,
  /** A bigint, as text. */
  checksum: string,
  data: string,
  batch: number,
];
