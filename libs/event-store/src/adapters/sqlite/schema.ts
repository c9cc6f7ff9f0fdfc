/** 'WMev', so that another program's database is never taken for an event log. */
export const applicationId = 0x574d6576;
export const layout = 2;

/**
 * Events lie in the order of their positions (the rowid), so that appending and scanning touch neighbouring pages; a stream and a case are
 * found by an index. Names that repeat (streams, types, who acted why under which policy) are kept once and stand as integers.
 * `batch` is the number of events of an append on its first event and 0 on the others, so that one partial index finds a command's
 * result and refuses its repetition. `checksum` covers the whole row, with the names instead of their numbers.
 */
const tables = `
  CREATE TABLE streams (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE types (key INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
  CREATE TABLE contexts (
    key INTEGER PRIMARY KEY, user TEXT NOT NULL, role TEXT NOT NULL, organisation TEXT NOT NULL,
    purpose TEXT NOT NULL, pack TEXT NOT NULL, pack_version TEXT NOT NULL,
    UNIQUE (user, role, organisation, purpose, pack, pack_version)
  ) STRICT;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream INTEGER NOT NULL,
    version INTEGER NOT NULL,
    type INTEGER NOT NULL,
    context INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    case_id TEXT,
    id TEXT NOT NULL,
    occurred_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    command_id TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    causation_id TEXT NOT NULL,
    checksum INTEGER NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_stream ON events (stream, version);
  CREATE UNIQUE INDEX events_by_command ON events (stream, command_id) WHERE batch > 0;
  CREATE INDEX events_by_case ON events (case_id) WHERE case_id IS NOT NULL;`;

/** As the build of 24 November 2026 made it. */
export const schemaOfLayout1 = `${tables}
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;`;

/** What layout 2 has beyond the tables above, as layout 1 had them. */
export const sinceLayout2 = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX events_by_id ON events (id);`;

export const schema = `${tables} ${sinceLayout2}
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${layout};`;

export const insertEvent = `INSERT INTO events
  (position, stream, version, type, context, batch, case_id, id, occurred_at, recorded_at, command_id, correlation_id, causation_id, checksum, data)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** The columns of an event in the order in which {@link EventRow} takes them. */
export const eventColumns = `e.position, e.version, e.type, e.context, e.case_id, e.id, e.occurred_at, e.recorded_at, e.command_id, e.correlation_id,
  e.causation_id, e.data, e.batch, e.checksum, e.stream`;

export type EventRow = readonly [
  position: number,
  version: number,
  type: number,
  context: number,
  caseId: string | null,
  id: string,
  occurredAt: string,
  recordedAt: string,
  commandId: string,
  correlationId: string,
  causationId: string,
  data: string,
  batch: number,
  checksum: number,
  stream: number,
  name: string,
];
