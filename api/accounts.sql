-- add --
-- Open an account, unless its name is taken.
INSERT INTO account (officer_id, stream_id, password_hash, created_at)
VALUES (%(officer_id)s::text, %(stream_id)s::uuid, %(password_hash)s::text, %(now)s::timestamptz)
ON CONFLICT (officer_id) DO NOTHING RETURNING officer_id

-- all --
-- Every account by name.
SELECT officer_id, stream_id, disabled_at FROM account ORDER BY officer_id

-- with_password --
-- One account with what its password is verified against.
SELECT officer_id, stream_id, disabled_at, password_hash FROM account WHERE officer_id = %(officer_id)s::text

-- set_password --
-- Replace a password.
UPDATE account SET password_hash = %(password_hash)s::text WHERE officer_id = %(officer_id)s::text RETURNING officer_id

-- disable --
-- Close an account.
UPDATE account SET disabled_at = %(now)s::timestamptz WHERE officer_id = %(officer_id)s::text RETURNING officer_id

-- forget_failures --
-- Remove failures that no longer count.
DELETE FROM failed_sign_in WHERE failed_at < %(before)s::timestamptz RETURNING who

-- failures --
-- How often each of these failed, and when last.
SELECT who, count(*), max(failed_at) FROM failed_sign_in WHERE who = ANY(%(who)s::bytea[]) GROUP BY who

-- note_failures --
-- Count one more failure of each of these.
INSERT INTO failed_sign_in (who, failed_at) SELECT unnest(%(who)s::bytea[]), %(now)s::timestamptz RETURNING who

-- forgive --
-- Forget what one of them failed.
DELETE FROM failed_sign_in WHERE who = %(who)s::bytea RETURNING who

-- end_old_sessions --
-- Remove sessions that are over.
DELETE FROM session WHERE ends_at < %(now)s::timestamptz RETURNING officer_id

-- open_session --
-- Open a session.
INSERT INTO session (token_hash, officer_id, started_at, seen_at, ends_at)
VALUES (
    %(token_hash)s::bytea, %(officer_id)s::text, %(now)s::timestamptz, %(now)s::timestamptz, %(ends_at)s::timestamptz
)
RETURNING officer_id

-- session --
-- The open session of a token, with the account it acts for.
SELECT s.officer_id, a.stream_id, s.acting_for, other.stream_id, s.seen_at FROM session s
JOIN account a ON a.officer_id = s.officer_id AND a.disabled_at IS NULL
LEFT JOIN account other ON other.officer_id = s.acting_for
WHERE s.token_hash = %(token_hash)s::bytea AND s.ends_at > %(now)s::timestamptz
    AND s.seen_at > %(idle_since)s::timestamptz

-- see --
-- Note that a session was used.
UPDATE session SET seen_at = %(now)s::timestamptz WHERE token_hash = %(token_hash)s::bytea RETURNING officer_id

-- act_for --
-- Remember on whose behalf a session acts.
UPDATE session SET acting_for = %(acting_for)s::text WHERE token_hash = %(token_hash)s::bytea RETURNING officer_id

-- end_session --
-- End one session.
DELETE FROM session WHERE token_hash = %(token_hash)s::bytea RETURNING officer_id

-- end_sessions --
-- End every session of an account.
DELETE FROM session WHERE officer_id = %(officer_id)s::text RETURNING officer_id
