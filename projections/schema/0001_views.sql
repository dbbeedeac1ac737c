-- The views: everything here follows from the facts and the adopted rulebooks, and can be derived again.
--
-- A table has the columns of its row class in `projections/views`, in that order; a test compares them. The
-- application's role may fill and empty the tables, and may not change their shape.

CREATE SCHEMA view;
COMMENT ON SCHEMA view IS 'What is derived from the facts; every table can be rebuilt.';

-- Who a subject is, and how it is found --

CREATE TABLE view.subject (
    subject_id      uuid    PRIMARY KEY,
    name            text    NOT NULL,
    code            text,
    kind            text    NOT NULL,
    division        text    NOT NULL,
    representative  text    NOT NULL,
    former_names    jsonb   NOT NULL,
    is_code_flagged boolean NOT NULL,
    registered_on   date    NOT NULL
);
CREATE INDEX subject_by_code ON view.subject (code);
COMMENT ON TABLE view.subject IS 'One card for each subject, as anybody may read it.';
COMMENT ON COLUMN view.subject.kind IS 'organisation, sole_trader or natural_person.';
COMMENT ON COLUMN view.subject.representative IS 'Empty where the rule does not name the legal representative.';

CREATE TABLE view.subject_search (
    subject_id uuid   NOT NULL,
    place      int    NOT NULL,
    text       text   NOT NULL,
    plain      text   NOT NULL COLLATE "C",
    until      date,
    grams      text[] NOT NULL
);
CREATE INDEX search_of_subject ON view.subject_search (subject_id);
CREATE INDEX search_in_order ON view.subject_search (place, subject_id, plain, until) INCLUDE (text);
COMMENT ON INDEX view.search_in_order IS 'What many names hold is found by walking in an order that no name follows.';
CREATE INDEX search_exact ON view.subject_search (plain);
CREATE INDEX search_by_part ON view.subject_search USING gin (grams) WITH (fastupdate = off);
COMMENT ON TABLE view.subject_search IS 'The texts by which subjects are found: names (place 0), former names (1), codes (2).';
COMMENT ON COLUMN view.subject_search.plain IS 'The text as compared: half-width, one case, no spaces.';
COMMENT ON COLUMN view.subject_search.grams IS 'Every character and every pair of neighbours of a name.';

-- What the public sees --

CREATE TABLE view.disclosure (
    subject_id    uuid        NOT NULL,
    entry_id      text        NOT NULL,
    kind          text        NOT NULL,
    shown_from    date        NOT NULL,
    shown_until   date,
    counts_from   date        NOT NULL,
    minimum_until date,
    repair        text        NOT NULL,
    is_firm       boolean     NOT NULL,
    cause         text        NOT NULL,
    document_no   text        NOT NULL,
    decided_on    date        NOT NULL,
    authority     text        NOT NULL,
    list_type     text,
    statement     jsonb       NOT NULL,
    rules         jsonb       NOT NULL,
    position      bigint      NOT NULL,
    recorded_at   timestamptz NOT NULL,
    digest        text        NOT NULL,
    noticed       boolean     NOT NULL
);
CREATE INDEX disclosure_of_subject ON view.disclosure (subject_id);
CREATE INDEX disclosure_of_entry ON view.disclosure (entry_id);
CREATE INDEX disclosure_of_list ON view.disclosure (list_type, decided_on DESC, position DESC)
    WHERE list_type IS NOT NULL;
CREATE INDEX disclosure_not_noticed ON view.disclosure (shown_until) WHERE NOT noticed;
COMMENT ON TABLE view.disclosure IS 'Released and disclosable entries with their periods; readers ask for one day.';
COMMENT ON COLUMN view.disclosure.kind IS 'penalty, listing, licence or commitment.';
COMMENT ON COLUMN view.disclosure.shown_until IS 'Last day shown, included; null = no end known.';
COMMENT ON COLUMN view.disclosure.repair IS 'from_day (after minimum_until), now, never, none.';
COMMENT ON COLUMN view.disclosure.cause IS 'Why it ends: term, repair, annulled, later_rule, restated, revocation or deregistration.';
COMMENT ON COLUMN view.disclosure.noticed IS 'Whether the daily job has recorded the end; changes no answer.';

-- For officers --

CREATE TABLE view.list_roster (
    subject_id    uuid    NOT NULL,
    listing_id    text    NOT NULL,
    list_type     text    NOT NULL,
    from_on       date    NOT NULL,
    until         date,
    is_firm       boolean NOT NULL,
    exit_cause    text,
    designated_by text    NOT NULL,
    decision_no   text    NOT NULL,
    decided_on    date    NOT NULL,
    position      bigint  NOT NULL
);
CREATE INDEX roster_of_subject ON view.list_roster (subject_id);
CREATE INDEX roster_of_list ON view.list_roster (list_type, from_on);
CREATE INDEX roster_not_exited ON view.list_roster (until) WHERE exit_cause IS NULL;
COMMENT ON TABLE view.list_roster IS 'Who is or was on which list, with derived periods.';
COMMENT ON COLUMN view.list_roster.exit_cause IS 'term, repair, revocation or deregistration; null until an exit is recorded.';

CREATE TABLE view.supervision_tier (
    subject_id uuid  NOT NULL,
    from_on    date  NOT NULL,
    until      date,
    grade      text  NOT NULL,
    inputs     jsonb NOT NULL,
    rules      jsonb NOT NULL
);
CREATE INDEX tier_of_subject ON view.supervision_tier (subject_id, from_on);
COMMENT ON TABLE view.supervision_tier IS 'Grades of supervision, one run of days each, without gaps.';

CREATE TABLE view.case_history (
    subject_id   uuid        NOT NULL,
    version      bigint      NOT NULL,
    case_kind    text        NOT NULL,
    case_id      text        NOT NULL,
    step         text        NOT NULL,
    on_day       date        NOT NULL,
    outcome      text        NOT NULL,
    document_no  text        NOT NULL,
    officer_id   text        NOT NULL,
    role         text        NOT NULL,
    section      text        NOT NULL,
    on_behalf_of text,
    case_no      text,
    evidence     jsonb       NOT NULL,
    position     bigint      NOT NULL,
    recorded_at  timestamptz NOT NULL,
    CONSTRAINT one_step_per_fact PRIMARY KEY (subject_id, version)
);
COMMENT ON TABLE view.case_history IS 'The facts of each case as steps, in order.';
COMMENT ON COLUMN view.case_history.case_kind IS 'repair, listing, commitment or entry.';

CREATE TABLE view.worklist (
    subject_id   uuid    NOT NULL,
    act          text    NOT NULL,
    case_kind    text    NOT NULL,
    case_id      text    NOT NULL,
    case_no      text,
    title        text    NOT NULL,
    due_on       date,
    is_firm      boolean NOT NULL,
    since_on     date    NOT NULL,
    waits_for    text    NOT NULL,
    waits_until  date,
    roles        text[]  NOT NULL,
    not_officers text[]  NOT NULL,
    section      text    NOT NULL,
    batch_id     text,
    shown_until  date,
    rules        jsonb   NOT NULL
);
CREATE INDEX worklist_of_subject ON view.worklist (subject_id);
CREATE INDEX worklist_of_section ON view.worklist (section, due_on);
COMMENT ON TABLE view.worklist IS 'What has to be done next in each case; a row goes when the fact is recorded.';
COMMENT ON COLUMN view.worklist.act IS 'Name of the decision that does it.';
COMMENT ON COLUMN view.worklist.waits_for IS 'Empty, or who outside the bureau acts first: subject, applicant, higher_body.';

-- Imported files --

CREATE TABLE view.import_batch (
    stream_id   uuid PRIMARY KEY,
    batch_id    text NOT NULL UNIQUE,
    file_name   text NOT NULL,
    sha256      text NOT NULL,
    table_kind  text NOT NULL,
    received_on date NOT NULL
);
CREATE INDEX batches_by_day ON view.import_batch (received_on DESC, batch_id);
COMMENT ON TABLE view.import_batch IS 'Files handed in.';

CREATE TABLE view.import_review (
    stream_id    uuid    PRIMARY KEY,
    batch_id     text    NOT NULL,
    row_no       int     NOT NULL,
    version      bigint  NOT NULL,
    state        text    NOT NULL,
    doubt        text    NOT NULL,
    reason_zh    text    NOT NULL,
    reason_en    text    NOT NULL,
    shown        jsonb   NOT NULL,
    refusal      text    NOT NULL,
    set_aside_on date    NOT NULL,
    section      text    NOT NULL,
    officer_id   text    NOT NULL,
    due_on       date,
    is_firm      boolean NOT NULL,
    rules        jsonb   NOT NULL,
    kept_until   date,
    position     bigint  NOT NULL
);
CREATE INDEX review_of_batch ON view.import_review (batch_id, row_no);
CREATE INDEX review_waiting ON view.import_review (batch_id, row_no) WHERE state = 'waiting';
COMMENT ON TABLE view.import_review IS 'Rows set aside, as the review queue may show them; the row itself is sealed in the log.';
COMMENT ON COLUMN view.import_review.state IS 'waiting, accepted, refused or dropped.';

CREATE TABLE view.batch_entry (
    subject_id  uuid   NOT NULL,
    entry_id    text   NOT NULL,
    batch_id    text   NOT NULL,
    kind        text   NOT NULL,
    document_no text   NOT NULL,
    state       text   NOT NULL,
    until       date,
    authors     text[] NOT NULL,
    division    text   NOT NULL,
    position    bigint NOT NULL
);
CREATE INDEX batch_entry_of_subject ON view.batch_entry (subject_id);
CREATE INDEX batch_entry_of_batch ON view.batch_entry (batch_id, state);
COMMENT ON TABLE view.batch_entry IS 'Entries that came from files, so that a file can be released in one act.';
COMMENT ON COLUMN view.batch_entry.authors IS 'Recorded, corrected or classified it; none of them may release it.';
COMMENT ON COLUMN view.batch_entry.state IS 'released, waiting, unclassified, undisclosed, over or annulled.';

-- How far the views have come --

CREATE TABLE view_progress (
    view     text   PRIMARY KEY,
    position bigint NOT NULL DEFAULT 0
);
COMMENT ON TABLE view_progress IS 'Position of the last fact each view holds; written in the same transaction as its rows.';

CREATE TABLE view_parked (
    stream_id uuid   PRIMARY KEY,
    position  bigint NOT NULL,
    failure   text   NOT NULL
);
COMMENT ON TABLE view_parked IS 'Streams that could not be derived; they have no rows in any view until they can.';
COMMENT ON COLUMN view_parked.position IS 'Position up to which it was tried.';
COMMENT ON COLUMN view_parked.failure IS 'What failed, without anything the facts say.';

-- Rights --

GRANT USAGE ON SCHEMA view TO xinlu_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA view TO xinlu_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON view_progress, view_parked TO xinlu_app;
