-- simulated --
-- Whether the database was created for a simulated clock.
SELECT simulated FROM installation

-- head --
-- Position and instant of the newest fact.
SELECT position, nullif(recorded_at, '-infinity') FROM log_head

-- version --
-- How many facts a stream has.
SELECT coalesce(max(originator_version), 0) FROM credit_events WHERE originator_id = %(stream)b

-- keep_rulebook --
-- Keep a rulebook's text, unless it is kept.
INSERT INTO rulebook_text (version, text) VALUES (%(version)b, %(text)b)
ON CONFLICT (version) DO NOTHING RETURNING version

-- rulebook --
-- The text of a rulebook.
SELECT text FROM rulebook_text WHERE version = %(version)b

-- codes --
-- Which streams hold these codes.
SELECT code, subject_id FROM subject_code WHERE code = ANY(%(codes)b)

-- persons --
-- Which streams are these persons' files.
SELECT person, subject_id FROM subject_person WHERE person = ANY(%(persons)b)

-- answers --
-- The facts that answered these requests, request by request in order.
SELECT r.request_id, r.digest, e.originator_id, e.originator_version, e.notification_id, e.recorded_at,
    encode(sha256(e.state), 'hex'), e.topic
FROM request r JOIN credit_events e ON e.notification_id BETWEEN r.first_position AND r.first_position + r.n - 1
WHERE r.request_id = ANY(%(request_ids)b) ORDER BY r.request_id, e.notification_id

-- keys --
-- The wrapped keys of these persons.
SELECT person, key_id, wrapped FROM vault_key WHERE person = ANY(%(persons)b)

-- open_key --
-- A wrapped key, and a record of who asked for it and why.
WITH found AS (SELECT key_id, wrapped FROM vault_key WHERE key_id = %(key_id)b), noted AS (
    INSERT INTO vault_access (key_id, act, officer, purpose)
    SELECT key_id, 'opened', %(officer)s, %(purpose)s FROM found
)
SELECT wrapped FROM found

-- destroy_key --
-- Delete a key, and record who did and why; whether it was there.
SELECT destroy_vault_key(%(key_id)b, %(officer)s, %(purpose)s)

-- streams_sealed_with --
-- The streams in which a sealed text stands under a key.
SELECT DISTINCT originator_id FROM credit_events
WHERE position('"key_id":"' || %(key_id)s || '","key_check"' IN convert_from(state, 'UTF8')) > 0

-- sealed_with --
-- How many sealed texts stand under a key, and in how many streams; the id is in no other place of a sealed text.
SELECT coalesce(sum(texts), 0)::bigint, count(DISTINCT originator_id) FROM (
    SELECT originator_id, (
        SELECT count(*) FROM regexp_matches(convert_from(state, 'UTF8'), '"key_id":"' || %(key_id)s || '","key_check"', 'g')
    ) AS texts
    FROM credit_events
) found WHERE texts > 0

-- pepper --
-- The wrapped pepper.
SELECT wrapped FROM vault_pepper

-- make_pepper --
-- Keep a first pepper, unless there is one.
INSERT INTO vault_pepper (wrapped) VALUES (%(wrapped)b) ON CONFLICT DO NOTHING RETURNING wrapped
