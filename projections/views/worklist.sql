-- of_desk --
-- What one desk sees on a day, batches gathered, in the order in which it presses.
WITH seen AS (
    SELECT w.act, w.case_kind, w.case_id, w.subject_id, s.name AS subject_name, s.code, w.case_no, w.title,
        1 AS count, w.due_on, w.is_firm, w.since_on, w.waits_for, w.waits_until, w.roles, w.section, s.division,
        w.rules, w.noted_on, w.roles @> ARRAY[%(role)s::text] AND NOT w.not_officers @> ARRAY[%(officer_id)s::text] AS is_mine,
        w.batch_id
    FROM view.worklist AS w JOIN view.subject AS s USING (subject_id)
    WHERE (%(sections)s::text[] IS NULL OR w.section = ANY(%(sections)s::text[]))
        AND (NOT %(only_own_acts)s::boolean OR w.roles @> ARRAY[%(role)s::text])
        AND (%(area)s::text IS NULL OR coalesce(w.area, s.division) = %(area)s::text)
        AND (w.shown_until IS NULL OR w.shown_until >= %(on)s::date)
), lines AS (
    SELECT act, case_kind, case_id, subject_id, subject_name, code, case_no, title, count, due_on, is_firm, since_on,
        waits_for, waits_until, roles, section, division, rules, noted_on, is_mine
    FROM seen WHERE batch_id IS NULL
    UNION ALL
    SELECT g.act, 'batch', g.batch_id, NULL, '', NULL, NULL, coalesce(b.file_name, ''), g.count, g.due_on, g.is_firm,
        g.since_on, '', NULL, g.roles, g.section, '', g.rules, g.noted_on, g.is_mine
    FROM (
        SELECT act, batch_id, count(*)::int AS count, min(due_on) AS due_on, bool_and(is_firm) AS is_firm,
            min(since_on) AS since_on, roles, section, is_mine, (array_agg(rules ORDER BY due_on))[1] AS rules,
            min(noted_on) AS noted_on
        FROM seen WHERE batch_id IS NOT NULL GROUP BY act, batch_id, roles, section, is_mine
    ) AS g LEFT JOIN view.import_batch AS b USING (batch_id)
    UNION ALL
    SELECT 'review_rows', 'batch', r.batch_id, NULL, '', NULL, NULL, coalesce(b.file_name, ''), r.count, r.due_on,
        r.is_firm, r.since_on, '', NULL, %(review_roles)s::text[], r.section, '', r.rules, NULL,
        %(review_roles)s::text[] @> ARRAY[%(role)s::text]
    FROM (
        SELECT batch_id, count(*)::int AS count, min(due_on) AS due_on, bool_and(is_firm) AS is_firm,
            min(set_aside_on) AS since_on, section, (array_agg(rules ORDER BY due_on))[1] AS rules
        FROM view.import_review
        WHERE state = 'waiting' AND (%(area)s::text IS NULL OR substr(shown ->> 'code', 3, 6) = %(area)s::text)
            AND (%(sections)s::text[] IS NULL OR section = ANY(%(sections)s::text[]))
            AND (NOT %(only_own_acts)s::boolean OR %(review_roles)s::text[] @> ARRAY[%(role)s::text])
        GROUP BY batch_id, section
    ) AS r LEFT JOIN view.import_batch AS b USING (batch_id)
), placed AS (
    SELECT CASE
            WHEN waits_for <> '' AND (waits_until IS NULL OR waits_until >= %(on)s::date) THEN 'waiting'
            WHEN NOT is_mine THEN 'waiting'
            WHEN due_on < %(on)s::date THEN 'late'
            WHEN due_on = %(on)s::date THEN 'today'
            WHEN due_on <= %(soon_until)s::date THEN 'soon'
            WHEN due_on IS NULL THEN 'no_day'
            ELSE 'later'
        END AS "when",
        act, case_kind, case_id, subject_id, subject_name, code, case_no, title, count, due_on, is_firm, since_on,
        CASE
            WHEN waits_for <> '' AND (waits_until IS NULL OR waits_until >= %(on)s::date) THEN waits_for
            WHEN NOT is_mine THEN 'colleagues'
            ELSE ''
        END AS waits_for,
        waits_until, roles, section, division, rules, noted_on
    FROM lines
)
SELECT * FROM placed
ORDER BY array_position(ARRAY['late', 'today', 'soon', 'later', 'no_day', 'waiting'], "when"),
    due_on, since_on, act, case_id
LIMIT %(limit)s::int OFFSET %(offset)s::int

-- missed --
-- Duties whose last day is over, where the bureau had to act, and that are not on record as missed.
SELECT subject_id, act, case_id, due_on, case_no FROM view.worklist
WHERE due_on < %(on)s::date AND is_firm AND noted_on IS NULL
    AND (waits_for = '' OR waits_until < %(on)s::date) AND (shown_until IS NULL OR shown_until >= due_on)
ORDER BY due_on, case_id, act LIMIT %(limit)s::int

-- of_case --
-- What comes next in one case.
SELECT * FROM view.worklist
WHERE subject_id = %(subject_id)s::uuid AND case_id = %(case_id)s::text ORDER BY due_on, act
