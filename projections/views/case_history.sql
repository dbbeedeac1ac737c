-- of_case --
-- The steps of one case.
SELECT * FROM view.case_history
WHERE subject_id = %(subject_id)s::uuid AND case_id = %(case_id)s::text ORDER BY version

-- of_subject --
-- The newest steps of one subject, newest first.
SELECT * FROM view.case_history WHERE subject_id = %(subject_id)s::uuid ORDER BY version DESC LIMIT %(limit)s::int
