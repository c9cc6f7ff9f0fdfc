
CREATE SCHEMA waymark_events;

CREATE FUNCTION waymark_events.append(moment text, streams text[], expected integer[], commands uuid[], batches integer[], owners integer[], offsets integer[], ids uuid[], types text[], cases uuid[], occurred text[], contexts text[], correlations uuid[], causations uuid[], checksums integer[], datas text[]) RETURNS TABLE(taken boolean, actual integer, first integer, last integer, reached bigint, recorded_at text, first_id uuid)
    LANGUAGE plpgsql
    SET enable_seqscan TO 'off'
    SET plan_cache_mode TO 'force_generic_plan'
    AS $$
  #variable_conflict use_column
  DECLARE
    head bigint;
  BEGIN
    
    IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
      PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    IF current_setting('lock_timeout') <> '5s' THEN
      PERFORM set_config('lock_timeout', '5s', true);
    END IF;
    PERFORM pg_advisory_xact_lock(1464690038, 1);
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
        checksums[e.n], datas[e.n]
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
    PERFORM pg_notify('waymark_events', max(position)::text) FROM waymark_events.events HAVING max(position) > head;
  END
  $$;

CREATE FUNCTION waymark_events.append_known(streams text[], versions integer[], batches integer[], recorded text[], commands uuid[], ids uuid[], types text[], cases uuid[], occurred text[], contexts text[], correlations uuid[], causations uuid[], checksums integer[], datas text[]) RETURNS bigint
    LANGUAGE plpgsql
    AS $$
  DECLARE
    head bigint;
  BEGIN
    
    IF current_setting('synchronous_commit') NOT IN ('on', 'remote_apply') THEN
      PERFORM set_config('synchronous_commit', 'on', true);
    END IF;
    IF current_setting('lock_timeout') <> '5s' THEN
      PERFORM set_config('lock_timeout', '5s', true);
    END IF;
    PERFORM pg_advisory_xact_lock(1464690038, 1);
    SELECT coalesce(max(position), 0) INTO head FROM waymark_events.events;
    INSERT INTO waymark_events.events
    SELECT head + e.nth, streams[e.nth], versions[e.nth], batches[e.nth], types[e.nth], cases[e.nth], e.id, occurred[e.nth], recorded[e.nth],
      contexts[e.nth], commands[e.nth], correlations[e.nth], causations[e.nth], checksums[e.nth], datas[e.nth]
    FROM unnest(ids) WITH ORDINALITY AS e (id, nth);
    PERFORM pg_notify('waymark_events', (head + cardinality(ids))::text);
    RETURN head;
  END
  $$;

CREATE TABLE waymark_events.events (
    "position" bigint NOT NULL,
    stream text NOT NULL COLLATE pg_catalog."C",
    version integer NOT NULL,
    batch integer NOT NULL,
    type text NOT NULL COLLATE pg_catalog."C",
    case_id uuid,
    id uuid NOT NULL,
    occurred_at text NOT NULL COLLATE pg_catalog."C",
    recorded_at text NOT NULL COLLATE pg_catalog."C",
    context text NOT NULL,
    command_id uuid NOT NULL,
    correlation_id uuid NOT NULL,
    causation_id uuid NOT NULL,
    checksum integer NOT NULL,
    data text NOT NULL
);

CREATE TABLE waymark_events.meta (
    key text NOT NULL,
    value text NOT NULL
);

INSERT INTO waymark_events.events VALUES (1, 'referral.contact-old', 1, 2, 'referral.ContactReceived.v1', '11111111-0000-4000-8000-000000000000', '00000001-0000-4000-8000-000000000000', '2026-03-01T16:40:00.000Z', '2026-03-02T09:15:00.000Z', '{"actor":{"user":"dana.marsh","role":"practitioner","organisation":"fenbank-primary"},"purpose":"early-help","policy":{"pack":"peterborough","version":"2025-06"}}', '44444444-0000-4000-8000-000000000000', '22222222-0000-4000-8000-000000000000', '33333333-0000-4000-8000-000000000000', -295249476, '{"source":"school","number":1}');
INSERT INTO waymark_events.events VALUES (2, 'referral.contact-old', 2, 0, 'referral.ContactReceived.v1', '11111111-0000-4000-8000-000000000000', '00000002-0000-4000-8000-000000000000', '2026-03-01T16:40:00.000Z', '2026-03-02T09:15:00.000Z', '{"actor":{"user":"dana.marsh","role":"practitioner","organisation":"fenbank-primary"},"purpose":"early-help","policy":{"pack":"peterborough","version":"2025-06"}}', '44444444-0000-4000-8000-000000000000', '22222222-0000-4000-8000-000000000000', '33333333-0000-4000-8000-000000000000', -1911737283, '{"source":"school","number":2}');
INSERT INTO waymark_events.events VALUES (3, 'referral.contact-old', 3, 1, 'referral.ContactReceived.v1', NULL, '00000003-0000-4000-8000-000000000000', '2026-03-01T16:40:00.000Z', '2026-03-02T09:15:00.000Z', '{"actor":{"user":"dana.marsh","role":"practitioner","organisation":"fenbank-primary"},"purpose":"early-help","policy":{"pack":"peterborough","version":"2025-06"}}', '55555555-0000-4000-8000-000000000000', '22222222-0000-4000-8000-000000000000', '33333333-0000-4000-8000-000000000000', -306541125, '{"source":"school","number":3}');
INSERT INTO waymark_events.events VALUES (4, 'planning.episode-old', 1, 1, 'referral.ContactReceived.v1', '11111111-0000-4000-8000-000000000000', '00000004-0000-4000-8000-000000000000', '2026-03-01T16:40:00.000Z', '2026-03-02T09:15:00.000Z', '{"actor":{"user":"dana.marsh","role":"practitioner","organisation":"fenbank-primary"},"purpose":"early-help","policy":{"pack":"peterborough","version":"2025-06"}}', '66666666-0000-4000-8000-000000000000', '22222222-0000-4000-8000-000000000000', '33333333-0000-4000-8000-000000000000', 612958787, '{"source":"school","number":4}');

INSERT INTO waymark_events.meta VALUES ('layout', '1');
INSERT INTO waymark_events.meta VALUES ('functions', '2');
INSERT INTO waymark_events.meta VALUES ('key-set', 'the-keys');

ALTER TABLE ONLY waymark_events.events
    ADD CONSTRAINT events_pkey PRIMARY KEY ("position");

ALTER TABLE ONLY waymark_events.meta
    ADD CONSTRAINT meta_pkey PRIMARY KEY (key);

CREATE INDEX events_by_case ON waymark_events.events USING btree (case_id, "position") WHERE (case_id IS NOT NULL);

CREATE UNIQUE INDEX events_by_command ON waymark_events.events USING btree (stream, command_id) WHERE (batch > 0);

CREATE UNIQUE INDEX events_by_stream ON waymark_events.events USING btree (stream, version);

