-- The register's own tables: what is stored for ever (facts, requests, codes), and what can be erased (keys).
--
-- The application's role, xinlu_app, may add and read; it may change nothing but the head of the log, which only
-- grows, and may remove nothing but a key, through one function that leaves a record of itself.
-- Subject bucket: the last byte of a stream id (0 to 255). Every key here begins with the stream id, so every key
-- carries its bucket, and the log can be cut by bucket without another column: subject_bucket(originator_id).

DO $$
BEGIN
    CREATE ROLE xinlu_app NOLOGIN;
EXCEPTION
    -- Two databases of one cluster may be set up at the same moment: whoever comes second finds the role there.
    WHEN duplicate_object OR unique_violation THEN NULL;
END $$;

CREATE FUNCTION subject_bucket(stream uuid) RETURNS smallint
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN get_byte(uuid_send(stream), 15)::smallint;
COMMENT ON FUNCTION subject_bucket IS 'Which of 256 parts of the log a stream belongs to: the last byte of its id.';

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege', HINT = 'A correction is a new fact that names what it corrects.';
END $$;
COMMENT ON FUNCTION refuse_change IS 'Keeps a table append-only for everybody, its owner included.';

-- The head of the log --

CREATE TABLE log_head (
    only_row    boolean     PRIMARY KEY DEFAULT true CONSTRAINT one_head CHECK (only_row),
    position    bigint      NOT NULL DEFAULT 0,
    recorded_at timestamptz NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 10, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
COMMENT ON TABLE log_head IS 'The one row that orders writers: its lock is held from numbering a fact to its commit.';
COMMENT ON COLUMN log_head.position IS 'Position of the newest fact; 0 while the log is empty. Positions have no gaps.';
COMMENT ON COLUMN log_head.recorded_at IS 'Instant of the newest transaction; never runs back.';
INSERT INTO log_head DEFAULT VALUES;

CREATE FUNCTION installation_is_simulated() RETURNS boolean
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    RETURN coalesce((SELECT bool_or(simulated) FROM public.installation), false);
END $$;
COMMENT ON FUNCTION installation_is_simulated IS 'Whether this database was created for a demonstration or a story.';

CREATE FUNCTION let_head_only_grow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.position < OLD.position OR NEW.recorded_at < OLD.recorded_at OR NOT NEW.only_row THEN
        RAISE EXCEPTION 'the head of the log only grows' USING ERRCODE = 'insufficient_privilege';
    END IF;
    -- A real register takes its instants from this server's clock. Five seconds allow for a stalled server between
    -- reading the clock and coming here; the instant of the fact before may be kept when the clock was set back.
    IF NEW.recorded_at <> OLD.recorded_at
       AND (NEW.recorded_at > clock_timestamp() OR NEW.recorded_at < clock_timestamp() - interval '5 seconds')
       AND NOT installation_is_simulated() THEN
        RAISE EXCEPTION 'a simulated clock is refused: this database was not created as simulated'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER head_only_grows BEFORE UPDATE ON log_head FOR EACH ROW EXECUTE FUNCTION let_head_only_grow();
CREATE TRIGGER head_stays BEFORE DELETE OR TRUNCATE ON log_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE log_head ENABLE ALWAYS TRIGGER head_only_grows;
ALTER TABLE log_head ENABLE ALWAYS TRIGGER head_stays;

-- Facts --

CREATE TABLE credit_events (
    originator_id      uuid        NOT NULL,
    originator_version bigint      NOT NULL CONSTRAINT versions_begin_at_one CHECK (originator_version >= 1),
    topic              text        NOT NULL,
    state              bytea       NOT NULL,
    notification_id    bigint      NOT NULL CONSTRAINT one_fact_per_position UNIQUE
                                   CONSTRAINT positions_begin_at_one CHECK (notification_id >= 1),
    recorded_at        timestamptz NOT NULL,
    CONSTRAINT one_fact_per_version PRIMARY KEY (originator_id, originator_version)
) WITH (autovacuum_analyze_threshold = 1000, autovacuum_analyze_scale_factor = 0.01);
COMMENT ON TABLE credit_events IS 'The facts of the register, one row each, for ever. Column names are the event store''s.';
COMMENT ON COLUMN credit_events.originator_id IS 'Stream: the credit subject, or another thing with a history of its own.';
COMMENT ON COLUMN credit_events.originator_version IS 'Number of the fact within its stream, from 1.';
COMMENT ON COLUMN credit_events.topic IS 'Name and version of the shape that state has, such as credit/Listed.v1.';
COMMENT ON COLUMN credit_events.state IS 'UTF-8 JSON {"envelope": …, "act": …}: the exact bytes that digests cover.';
COMMENT ON COLUMN credit_events.notification_id IS 'Position in the whole log, from 1, without gaps.';
COMMENT ON COLUMN credit_events.recorded_at IS 'Instant of the transaction, the same for all its facts.';
CREATE TRIGGER facts_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON credit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE credit_events ENABLE ALWAYS TRIGGER facts_stay;

-- Who may add facts might place one far beyond the others, or move the head where no fact is: readers would wait for
-- ever for what is missing in between. So facts take the last positions up to the head, next to those before them,
-- and the head moves only to a fact. Each position is taken once, so none can be slipped in below.
-- Both triggers run at the end of the statement that writes facts and head together.

CREATE FUNCTION hold_head_to_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM public.credit_events AS e
                   WHERE e.notification_id = NEW.position AND e.recorded_at = NEW.recorded_at) THEN
        RAISE EXCEPTION 'the head of the log moves only with its facts' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION hold_head_to_facts IS 'The head names the newest fact and its instant.';
CREATE TRIGGER head_moves_with_facts AFTER UPDATE ON log_head FOR EACH ROW EXECUTE FUNCTION hold_head_to_facts();

CREATE FUNCTION hold_facts_to_head() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    n bigint; first bigint; last bigint; earliest timestamptz; latest timestamptz; head record;
BEGIN
    SELECT count(*), min(notification_id), max(notification_id), min(recorded_at), max(recorded_at)
        INTO n, first, last, earliest, latest FROM added;
    SELECT h.position, h.recorded_at INTO head FROM public.log_head AS h;
    IF n > 0 AND (
        last <> head.position OR first <> head.position - n + 1
        OR earliest <> head.recorded_at OR latest <> head.recorded_at
        OR first > 1 AND NOT EXISTS (SELECT FROM public.credit_events AS e WHERE e.notification_id = first - 1)
    ) THEN
        RAISE EXCEPTION 'facts are added at the head of the log, without gaps and at its instant'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;
COMMENT ON FUNCTION hold_facts_to_head IS 'The facts of one statement take the last positions, next to those before.';
CREATE TRIGGER facts_end_at_head AFTER INSERT ON credit_events REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION hold_facts_to_head();

CREATE TABLE request (
    request_id     uuid   CONSTRAINT one_answer_per_request PRIMARY KEY,
    digest         bytea  NOT NULL CHECK (octet_length(digest) = 32),
    first_position bigint NOT NULL,
    n              int    NOT NULL CHECK (n > 0)
);
COMMENT ON TABLE request IS 'Requests that were recorded: the same one sent again gets the first receipt.';
COMMENT ON COLUMN request.digest IS 'Keyed hash of what was asked (act, officer, stream, arguments, papers).';
COMMENT ON COLUMN request.first_position IS 'Position of the first of the n facts that answered it.';
CREATE TRIGGER requests_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON request
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE request ENABLE ALWAYS TRIGGER requests_stay;

CREATE TABLE subject_code (
    code       text CONSTRAINT one_subject_per_code PRIMARY KEY,
    subject_id uuid NOT NULL
);
CREATE INDEX codes_of_subject ON subject_code (subject_id);
COMMENT ON TABLE subject_code IS 'Which stream a credit code belongs to, former codes included; written with the fact.';
CREATE TRIGGER codes_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON subject_code
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE subject_code ENABLE ALWAYS TRIGGER codes_stay;

-- The vault: the only rows that may go --

CREATE TABLE vault_key (
    key_id     uuid        PRIMARY KEY,
    person     bytea       NOT NULL CONSTRAINT one_key_per_person UNIQUE CHECK (octet_length(person) = 32),
    wrapped    bytea       NOT NULL,
    created_at timestamptz NOT NULL
);
COMMENT ON TABLE vault_key IS 'One key per person whose data is sealed in facts. Deleting the row erases the data.';
COMMENT ON COLUMN vault_key.person IS 'HMAC-SHA-256, under the pepper, of what identifies the person.';
COMMENT ON COLUMN vault_key.wrapped IS 'The key, AES-256-GCM under the master key: nonce, ciphertext, tag.';

CREATE TABLE subject_person (
    person     bytea CONSTRAINT one_subject_per_person PRIMARY KEY,
    subject_id uuid  NOT NULL,
    key_id     uuid  NOT NULL CONSTRAINT person_has_key REFERENCES vault_key ON DELETE CASCADE
);
CREATE INDEX persons_of_key ON subject_person (key_id);
COMMENT ON TABLE subject_person IS 'Which stream a natural person''s file is; goes with the person''s key.';

CREATE TABLE vault_pepper (
    only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT one_pepper CHECK (only_row),
    wrapped  bytea   NOT NULL
);
COMMENT ON TABLE vault_pepper IS 'The secret of all keyed hashes, wrapped under the master key like a person''s key.';
CREATE TRIGGER pepper_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON vault_pepper
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE vault_pepper ENABLE ALWAYS TRIGGER pepper_stays;

CREATE TABLE vault_access (
    key_id  uuid        NOT NULL,
    act     text        NOT NULL CHECK (act IN ('opened', 'destroyed')),
    officer text        NOT NULL,
    purpose text        NOT NULL CONSTRAINT purpose_is_stated CHECK (purpose <> ''),
    at      timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX accesses_of_key ON vault_access (key_id, at);
COMMENT ON TABLE vault_access IS 'Who opened sealed data or destroyed a key, why and when; never what it said.';
CREATE TRIGGER accesses_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON vault_access
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE vault_access ENABLE ALWAYS TRIGGER accesses_stay;

CREATE FUNCTION destroy_vault_key(destroyed uuid, officer text, purpose text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog AS $$
BEGIN
    DELETE FROM public.vault_key WHERE key_id = destroyed;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    INSERT INTO public.vault_access (key_id, act, officer, purpose) VALUES (destroyed, 'destroyed', officer, purpose);
    RETURN true;
END $$;
COMMENT ON FUNCTION destroy_vault_key IS 'Erases a person''s sealed data by deleting the key and the way to the file; says who and why.';
REVOKE EXECUTE ON FUNCTION destroy_vault_key FROM PUBLIC;

-- The law the register ran on --

CREATE TABLE rulebook_text (
    version text  PRIMARY KEY,
    text    bytea NOT NULL CONSTRAINT version_is_the_hash CHECK (version = encode(sha256(text), 'hex'))
);
COMMENT ON TABLE rulebook_text IS 'Every rulebook that facts rest on, whole, by the hash that their envelopes name.';
CREATE TRIGGER rulebooks_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON rulebook_text
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE rulebook_text ENABLE ALWAYS TRIGGER rulebooks_stay;

-- Rights --

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO xinlu_app;
GRANT SELECT, INSERT ON credit_events, request, subject_code, subject_person,
    vault_key, vault_pepper, vault_access, rulebook_text TO xinlu_app;
GRANT SELECT, UPDATE (position, recorded_at) ON log_head TO xinlu_app;
GRANT EXECUTE ON FUNCTION destroy_vault_key, installation_is_simulated TO xinlu_app;
