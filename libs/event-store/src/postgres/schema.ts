/**
 * Step n brings a schema from version n to n+1; it runs with the schema as search path. A released step is never edited:
 * databases that took the old step would differ from new ones without anybody noticing.
 *
 * Names that people choose (streams, cases, command ids) are bytea, because text cannot hold U+0000 and sorts by locale.
 * Triggers fire ALWAYS, so that `session_replication_role` does not silence them. What they cannot prevent, a superuser
 * who takes them away, is found by the proofs over the log.
 */
export const MIGRATIONS: readonly string[] = [`
  CREATE TABLE head (
    one int NOT NULL DEFAULT 1 CONSTRAINT there_is_one_head CHECK (one = 1) CONSTRAINT head_pkey PRIMARY KEY,
    log text NOT NULL,
    next bigint NOT NULL,
    recorded_at text COLLATE "C" NOT NULL,
    filling boolean NOT NULL DEFAULT false
  ) WITH (fillfactor = 10);

  CREATE TABLE events (
    idx bigint NOT NULL CONSTRAINT an_index_is_given_once PRIMARY KEY,
    stream bytea NOT NULL,
    version bigint NOT NULL,
    correlation bytea NOT NULL,
    recorded_at text COLLATE "C" NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT a_version_is_given_once UNIQUE (stream, version)
  );
  CREATE INDEX events_by_correlation ON events (correlation, idx);

  CREATE TABLE commands (
    id bytea NOT NULL CONSTRAINT a_command_id_is_used_once PRIMARY KEY,
    fingerprint bytea NOT NULL,
    stream bytea NOT NULL,
    version bigint NOT NULL,
    first_index bigint NOT NULL,
    next_index bigint NOT NULL,
    recorded_at text COLLATE "C" NOT NULL
  );

  CREATE TABLE inbox (source bytea NOT NULL PRIMARY KEY, next bigint NOT NULL);
  CREATE TABLE inbox_ahead (source bytea NOT NULL, idx bigint NOT NULL, PRIMARY KEY (source, idx));
  CREATE TABLE quarantine (
    source bytea NOT NULL,
    idx bigint NOT NULL,
    type bytea NOT NULL,
    reason bytea NOT NULL,
    bytes bytea NOT NULL,
    at bytea NOT NULL,
    PRIMARY KEY (source, idx)
  );

  CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  BEGIN
    RAISE EXCEPTION '% of % is refused: what was recorded is never changed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $$;

  CREATE FUNCTION refuse_gap() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  DECLARE
    added bigint; lowest bigint; highest bigint; following bigint;
  BEGIN
    SELECT count(*), min(idx), max(idx) INTO added, lowest, highest FROM added_events;
    IF added = 0 THEN RETURN NULL; END IF;
    SELECT next INTO following FROM head;
    IF highest - lowest + 1 <> added OR highest + 1 <> following OR lowest < 0
      OR (lowest > 0 AND NOT EXISTS (SELECT 1 FROM events WHERE idx = lowest - 1)) THEN
      RAISE EXCEPTION 'INSERT into events is refused: the log has no gaps, and its head moves with it' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
  END $$;

  -- Names its operators fully, so that nobody's search path can change them; setting one for each update costs more than the rest.
  CREATE FUNCTION refuse_step_back() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.one OPERATOR(pg_catalog.<>) OLD.one OR NEW.log OPERATOR(pg_catalog.<>) OLD.log
      OR NEW.next OPERATOR(pg_catalog.<) OLD.next OR NEW.recorded_at OPERATOR(pg_catalog.<) OLD.recorded_at THEN
      RAISE EXCEPTION 'UPDATE of head is refused: a log only grows' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;

  CREATE TRIGGER events_never_change BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER events_never_vanish BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER events_have_no_gap AFTER INSERT ON events REFERENCING NEW TABLE AS added_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_gap();
  CREATE TRIGGER receipts_never_change BEFORE UPDATE OR DELETE ON commands FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER receipts_never_vanish BEFORE TRUNCATE ON commands FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER head_only_grows BEFORE UPDATE ON head FOR EACH ROW EXECUTE FUNCTION refuse_step_back();
  CREATE TRIGGER head_stays BEFORE DELETE ON head FOR EACH ROW EXECUTE FUNCTION refuse_change();
  CREATE TRIGGER head_never_vanishes BEFORE TRUNCATE ON head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
  ALTER TABLE events ENABLE ALWAYS TRIGGER events_never_change, ENABLE ALWAYS TRIGGER events_never_vanish, ENABLE ALWAYS TRIGGER events_have_no_gap;
  ALTER TABLE commands ENABLE ALWAYS TRIGGER receipts_never_change, ENABLE ALWAYS TRIGGER receipts_never_vanish;
  ALTER TABLE head ENABLE ALWAYS TRIGGER head_only_grows, ENABLE ALWAYS TRIGGER head_stays, ENABLE ALWAYS TRIGGER head_never_vanishes;

  -- Events, receipts and head in one statement, so that no part can be sent without the other. The bytes of all events are
  -- one parameter that is cut here, because an array of them would travel as hexadecimal text.
  CREATE FUNCTION write_records(
    old_next bigint, block bytea, streams bytea[], versions bigint[], correlations bytea[], times text[], starts int[], lengths int[],
    command_ids bytea[], fingerprints bytea[], command_streams bytea[], command_versions bigint[], firsts bigint[], nexts bigint[], command_times text[],
    new_next bigint, new_time text, OUT events int, OUT commands int, OUT heads int
  ) LANGUAGE plpgsql AS $$
  #variable_conflict use_column
  BEGIN
    WITH new_events AS (
      INSERT INTO events (idx, stream, version, correlation, recorded_at, bytes)
      SELECT old_next + n - 1, e.stream, e.version, e.correlation, e.recorded_at, substr(block, e.start, e.length)
      FROM unnest(streams, versions, correlations, times, starts, lengths) WITH ORDINALITY AS e (stream, version, correlation, recorded_at, start, length, n)
      RETURNING 1
    ), new_commands AS (
      INSERT INTO commands (id, fingerprint, stream, version, first_index, next_index, recorded_at)
      SELECT * FROM unnest(command_ids, fingerprints, command_streams, command_versions, firsts, nexts, command_times)
      RETURNING 1
    ), moved AS (
      UPDATE head SET next = new_next, recorded_at = new_time WHERE next = old_next RETURNING 1
    )
    SELECT (SELECT count(*) FROM new_events), (SELECT count(*) FROM new_commands), (SELECT count(*) FROM moved) INTO events, commands, heads;
  END $$;

  -- A whole transaction in one question, for an instance that expects to find the head as it left it. VOLATILE, so that each
  -- statement in it sees what was committed before that statement began: the lookups see everything from before the lock.
  -- Answers false and writes nothing when what was expected is not so; raises when it wrote less than it was told.
  CREATE FUNCTION append_as_expected(
    expected_levels text, expected_time text, looked_up bytea[], expected_versions bigint[], marked_sources bytea[], marked_indexes bigint[],
    old_next bigint, block bytea, streams bytea[], versions bigint[], correlations bytea[], times text[], starts int[], lengths int[],
    command_ids bytea[], fingerprints bytea[], command_streams bytea[], command_versions bigint[], firsts bigint[], nexts bigint[], command_times text[],
    new_next bigint, new_time text
  ) RETURNS boolean VOLATILE LANGUAGE plpgsql AS $$
  DECLARE
    locked record; written record;
  BEGIN
    SELECT h.next, h.recorded_at, h.filling INTO locked FROM head h FOR UPDATE;
    IF locked.next IS DISTINCT FROM old_next OR locked.recorded_at <> expected_time OR locked.filling OR expected_levels <>
      concat_ws(' ', current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit')) THEN
      RETURN false;
    END IF;
    IF EXISTS (SELECT 1 FROM commands c WHERE c.id = ANY (command_ids)) OR EXISTS (
      SELECT 1 FROM unnest(looked_up, expected_versions) AS s (stream, version)
      WHERE s.version <> coalesce((SELECT max(e.version) FROM events e WHERE e.stream = s.stream), -1)) THEN
      RETURN false;
    END IF;
    written := write_records(old_next, block, streams, versions, correlations, times, starts, lengths,
      command_ids, fingerprints, command_streams, command_versions, firsts, nexts, command_times, new_next, new_time);
    IF (written.events, written.commands, written.heads) IS DISTINCT FROM (cardinality(streams), cardinality(command_ids), 1) THEN
      RAISE EXCEPTION 'less was written than was told';
    END IF;
    IF cardinality(marked_sources) > 0 THEN
      PERFORM mark_inbox(m.source, m.idx) FROM unnest(marked_sources, marked_indexes) AS m (source, idx);
    END IF;
    RETURN true;
  END $$;

  -- Passes over what was marked ahead; the caller holds the head, so that two marks never meet.
  CREATE FUNCTION mark_inbox(marked_source bytea, marked_idx bigint) RETURNS bigint LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
  DECLARE
    expected bigint := coalesce((SELECT next FROM inbox WHERE source = marked_source), 0);
  BEGIN
    IF marked_idx < expected THEN RETURN expected; END IF;
    IF marked_idx > expected THEN
      INSERT INTO inbox_ahead (source, idx) VALUES (marked_source, marked_idx) ON CONFLICT DO NOTHING;
      RETURN expected;
    END IF;
    LOOP
      expected := expected + 1;
      DELETE FROM inbox_ahead WHERE source = marked_source AND idx = expected;
      EXIT WHEN NOT FOUND;
    END LOOP;
    INSERT INTO inbox (source, next) VALUES (marked_source, expected) ON CONFLICT (source) DO UPDATE SET next = excluded.next;
    RETURN expected;
  END $$;
`, `
  -- Where the log went, as JSON; with it goes filling = true, which also stops programs that do not know this column.
  ALTER TABLE head ADD COLUMN departure text;

  -- Names the schema itself: setting a search path for each update costs more than the rest, and without one a table of a session could stand in for the events.
  DO $outer$ BEGIN EXECUTE format($format$
    CREATE FUNCTION refuse_leap() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM %1$I.events WHERE idx OPERATOR(pg_catalog.=) (NEW.next OPERATOR(pg_catalog.-) 1)) THEN
        RAISE EXCEPTION 'UPDATE of head is refused: it moves with the events' USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NULL;
    END $body$
  $format$, current_schema()); END $outer$;
  CREATE TRIGGER head_moves_with_events AFTER UPDATE ON head FOR EACH ROW WHEN (OLD.next IS DISTINCT FROM NEW.next) EXECUTE FUNCTION refuse_leap();
  ALTER TABLE head ENABLE ALWAYS TRIGGER head_moves_with_events;
`];

/** What must be there and switched on whenever a log is opened. */
export const GUARDS: readonly string[] = [
  'events_never_change', 'events_never_vanish', 'events_have_no_gap', 'receipts_never_change', 'receipts_never_vanish',
  'head_only_grows', 'head_stays', 'head_never_vanishes', 'head_moves_with_events',
];

/** All that a department may do with its log; closing it for a move is the owner's. %S is the schema, %R the role. */
export const GRANTS = `
  GRANT USAGE ON SCHEMA %S TO %R;
  GRANT SELECT ON ALL TABLES IN SCHEMA %S TO %R;
  GRANT INSERT ON %S.events, %S.commands TO %R;
  REVOKE UPDATE (filling) ON %S.head FROM %R;
  GRANT UPDATE (next, recorded_at) ON %S.head TO %R;
  GRANT INSERT, UPDATE ON %S.inbox TO %R;
  GRANT INSERT, DELETE ON %S.inbox_ahead TO %R;
  GRANT INSERT, UPDATE, DELETE ON %S.quarantine TO %R;
`;
