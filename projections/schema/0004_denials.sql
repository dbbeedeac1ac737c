-- Attempts that were denied are facts; auditors read them here.

CREATE TABLE view.denial (
    denial_id    uuid        NOT NULL,
    version      bigint      NOT NULL,
    on_day       date        NOT NULL,
    act          text        NOT NULL,
    officer_id   text        NOT NULL,
    role         text        NOT NULL,
    section      text        NOT NULL,
    on_behalf_of text,
    subject_id   uuid,
    refusal      text        NOT NULL,
    channel      text        NOT NULL,
    position     bigint      NOT NULL,
    recorded_at  timestamptz NOT NULL,
    CONSTRAINT one_row_per_denial PRIMARY KEY (denial_id, version)
);
COMMENT ON TABLE view.denial IS 'Attempts refused for the role, the area or the separation of duties.';
COMMENT ON COLUMN view.denial.denial_id IS 'The stream of the attempt.';
COMMENT ON COLUMN view.denial.on_day IS 'The day in Asia/Shanghai on which it was noted.';
COMMENT ON COLUMN view.denial.refusal IS 'Code of the refusal: NotAllowed, NotYourArea, SameOfficer …';
COMMENT ON COLUMN view.denial.channel IS 'desk or api.';
CREATE INDEX denial_by_day ON view.denial (on_day, position);
GRANT SELECT, INSERT, UPDATE, DELETE ON view.denial TO xinlu_app;
