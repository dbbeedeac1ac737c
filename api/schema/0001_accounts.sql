-- Accounts and sessions: how an officer signs in. What an officer may do is no part of it: appointments are facts.

CREATE TABLE account (
  officer_id text PRIMARY KEY CHECK (officer_id ~ '^[a-z0-9][a-z0-9._-]{1,39}$'),
  stream_id uuid NOT NULL UNIQUE,
  password_hash text NOT NULL,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL
);
COMMENT ON TABLE account IS 'Who may sign in; roles come from the officer''s stream, never from here.';
COMMENT ON COLUMN account.officer_id IS 'Account name, as in the envelopes of the log.';
COMMENT ON COLUMN account.stream_id IS 'Stream of the officer''s appointments.';
COMMENT ON COLUMN account.password_hash IS 'argon2id with its parameters and salt.';
COMMENT ON COLUMN account.disabled_at IS 'Since when nobody may sign in with it; null: open.';

CREATE TABLE session (
  token_hash bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
  officer_id text NOT NULL REFERENCES account,
  acting_for text REFERENCES account,
  started_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL
);
CREATE INDEX session_of_officer ON session (officer_id);
COMMENT ON TABLE session IS 'Open sessions; a session ends by deleting its row.';
COMMENT ON COLUMN session.token_hash IS 'SHA-256 of the cookie''s token; the token itself is nowhere.';
COMMENT ON COLUMN session.acting_for IS 'Whose lent power the officer chose to use; null: their own.';
COMMENT ON COLUMN session.seen_at IS 'Last use, kept to the minute: too long ago, and the session is over.';
COMMENT ON COLUMN session.ends_at IS 'End whatever the use.';

CREATE TABLE failed_sign_in (
  who bytea NOT NULL CHECK (octet_length(who) = 32),
  failed_at timestamptz NOT NULL
);
CREATE INDEX failed_sign_in_who ON failed_sign_in (who, failed_at);
COMMENT ON TABLE failed_sign_in IS 'Recent failed tries, to slow down guessing; rows go when they no longer count.';
COMMENT ON COLUMN failed_sign_in.who IS 'SHA-256 of the address tried from, alone and together with the account name.';

GRANT SELECT, INSERT ON account TO xinlu_app;
GRANT UPDATE (password_hash, disabled_at) ON account TO xinlu_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON session TO xinlu_app;
GRANT SELECT, INSERT, DELETE ON failed_sign_in TO xinlu_app;
