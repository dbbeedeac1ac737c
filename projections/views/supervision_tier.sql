-- of_subject --
-- All segments of one subject.
SELECT * FROM view.supervision_tier WHERE subject_id = %(subject_id)s::uuid ORDER BY from_on

-- on_day --
-- The segment of one subject that holds on a day.
SELECT * FROM view.supervision_tier
WHERE subject_id = %(subject_id)s::uuid AND from_on <= %(on)s::date AND (until IS NULL OR until >= %(on)s::date)
