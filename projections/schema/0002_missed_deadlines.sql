-- What was not done in time is a fact; the worklist says since when it is on record.

ALTER TABLE view.worklist ADD COLUMN noted_on date;
COMMENT ON COLUMN view.worklist.noted_on IS 'The day on which the register recorded that due_on was missed.';
CREATE INDEX worklist_not_noted ON view.worklist (due_on) WHERE noted_on IS NULL;
