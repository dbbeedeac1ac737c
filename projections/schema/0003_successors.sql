-- Former codes, files joined to a main one, and cases sent to another office.

ALTER TABLE view.subject ADD COLUMN former_codes jsonb NOT NULL DEFAULT '[]';
ALTER TABLE view.subject ADD COLUMN joined_into uuid;
COMMENT ON COLUMN view.subject.former_codes IS 'Each former code with the last day it was borne, oldest first.';
COMMENT ON COLUMN view.subject.joined_into IS 'The main file of the same subject; a joined file is found by nobody.';
CREATE INDEX subject_joined ON view.subject (joined_into) WHERE joined_into IS NOT NULL;

ALTER TABLE view.worklist ADD COLUMN area text;
COMMENT ON COLUMN view.worklist.area IS 'The division of the office that the case was sent to; the subject''s own where empty.';
