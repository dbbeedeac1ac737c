-- Marks of entries that somebody contests, and the texts that wait for their preparation.

ALTER TABLE view.disclosure ADD COLUMN marks jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN view.disclosure.marks IS 'objection, reconsideration or litigation, each with its first and last day.';
COMMENT ON COLUMN view.disclosure.cause IS
    'Why it ends: term, repair, annulled, later_rule, restated, withdrawn, hidden (for a time), revocation, deregistration.';
COMMENT ON COLUMN view.batch_entry.state IS
    'released, waiting, unclassified, unprepared, undisclosed, over, barred or annulled.';
