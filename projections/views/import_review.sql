-- batches --
-- The files handed in with what became of them, newest first.
SELECT b.batch_id, b.file_name, b.table_kind, b.received_on,
    coalesce(e.stored, 0) AS stored, coalesce(e.released, 0) AS released, coalesce(e.releasable, 0) AS releasable,
    coalesce(e.unclassified, 0) AS unclassified, coalesce(e.unprepared, 0) AS unprepared,
    coalesce(e.undisclosed, 0) AS undisclosed,
    coalesce(r.waiting, 0) AS waiting, coalesce(r.accepted, 0) AS accepted, coalesce(r.refused, 0) AS refused
FROM (
    SELECT * FROM view.import_batch ORDER BY received_on DESC, batch_id LIMIT %(limit)s::int OFFSET %(offset)s::int
) AS b
LEFT JOIN LATERAL (
    SELECT count(*)::int AS stored, (count(*) FILTER (WHERE state = 'released'))::int AS released,
        (count(*) FILTER (WHERE state = 'waiting' AND (until IS NULL OR until >= %(on)s::date)))::int AS releasable,
        (count(*) FILTER (WHERE state = 'unclassified'))::int AS unclassified,
        (count(*) FILTER (WHERE state = 'unprepared'))::int AS unprepared,
        (count(*) FILTER (WHERE state IN ('undisclosed', 'over')))::int AS undisclosed
    FROM view.batch_entry AS one
    WHERE one.batch_id = b.batch_id AND (%(area)s::text IS NULL OR one.division = %(area)s::text)
) AS e ON true
LEFT JOIN LATERAL (
    SELECT (count(*) FILTER (WHERE state = 'waiting'))::int AS waiting,
        (count(*) FILTER (WHERE state = 'accepted'))::int AS accepted,
        (count(*) FILTER (WHERE state = 'refused'))::int AS refused
    FROM view.import_review AS one WHERE one.batch_id = b.batch_id
) AS r ON true
ORDER BY b.received_on DESC, b.batch_id

-- of_batch --
-- One file with what became of it.
SELECT b.batch_id, b.file_name, b.table_kind, b.received_on,
    e.stored, e.released, e.releasable, e.unclassified, e.unprepared, e.undisclosed, r.waiting, r.accepted, r.refused
FROM view.import_batch AS b
CROSS JOIN LATERAL (
    SELECT count(*)::int AS stored, (count(*) FILTER (WHERE state = 'released'))::int AS released,
        (count(*) FILTER (WHERE state = 'waiting' AND (until IS NULL OR until >= %(on)s::date)))::int AS releasable,
        (count(*) FILTER (WHERE state = 'unclassified'))::int AS unclassified,
        (count(*) FILTER (WHERE state = 'unprepared'))::int AS unprepared,
        (count(*) FILTER (WHERE state IN ('undisclosed', 'over')))::int AS undisclosed
    FROM view.batch_entry AS one
    WHERE one.batch_id = b.batch_id AND (%(area)s::text IS NULL OR one.division = %(area)s::text)
) AS e
CROSS JOIN LATERAL (
    SELECT (count(*) FILTER (WHERE state = 'waiting'))::int AS waiting,
        (count(*) FILTER (WHERE state = 'accepted'))::int AS accepted,
        (count(*) FILTER (WHERE state = 'refused'))::int AS refused
    FROM view.import_review AS one WHERE one.batch_id = b.batch_id
) AS r
WHERE b.batch_id = %(batch_id)s::text

-- releasable --
-- The entries of a file that one officer may release on a day.
SELECT * FROM view.batch_entry
WHERE batch_id = %(batch_id)s::text AND state = 'waiting' AND (until IS NULL OR until >= %(on)s::date)
    AND NOT %(officer_id)s::text = ANY(authors)
ORDER BY position LIMIT %(limit)s::int

-- waiting --
-- Rows that wait for an officer.
SELECT * FROM view.import_review
WHERE state = 'waiting' AND (%(batch_id)s::text IS NULL OR batch_id = %(batch_id)s::text)
    AND (%(area)s::text IS NULL OR substr(shown ->> 'code', 3, 6) = %(area)s::text)
ORDER BY batch_id, row_no LIMIT %(limit)s::int OFFSET %(offset)s::int

-- row --
-- One row set aside.
SELECT * FROM view.import_review
WHERE batch_id = %(batch_id)s::text AND row_no = %(row_no)s::int ORDER BY position DESC LIMIT 1

-- entries --
-- The entries of a file in any of some states, with who they are about, in the order recorded.
SELECT e.*, s.name AS subject_name, s.code FROM view.batch_entry AS e JOIN view.subject AS s USING (subject_id)
WHERE e.batch_id = %(batch_id)s::text AND e.state = ANY(%(states)s::text[])
    AND (%(area)s::text IS NULL OR e.division = %(area)s::text)
ORDER BY e.position LIMIT %(limit)s::int OFFSET %(offset)s::int
