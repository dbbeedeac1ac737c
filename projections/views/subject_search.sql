-- exact --
-- Subjects with exactly this present or former name.
SELECT s.subject_id, s.name, s.code, s.kind, s.division,
    CASE f.place WHEN 0 THEN 'name' ELSE 'former_name' END AS matched, f.text AS matched_text, f.until AS matched_until
FROM view.subject_search AS f JOIN view.subject AS s USING (subject_id)
WHERE f.plain = %(plain)s::text AND (f.place = 0 OR f.place = 1 AND NOT EXISTS (
    SELECT FROM view.subject_search AS own
    WHERE own.subject_id = f.subject_id AND own.place = 0 AND strpos(own.plain, %(plain)s::text) > 0
))
AND NOT EXISTS (
    SELECT FROM view.subject AS person
    WHERE person.subject_id = f.subject_id AND person.kind = 'natural_person' AND %(public_on)s::date IS NOT NULL
        AND NOT EXISTS (
            SELECT FROM view.disclosure AS d
            WHERE d.subject_id = person.subject_id AND d.shown_from <= %(public_on)s::date
                AND (d.shown_until IS NULL OR d.shown_until >= %(public_on)s::date)
        )
)
ORDER BY f.place, f.subject_id, f.until LIMIT %(limit)s::int

-- code_begins --
-- Subjects whose present or a former code begins so, each by the newest one that does.
SELECT s.subject_id, s.name, s.code, s.kind, s.division, 'code' AS matched, f.text AS matched_text,
    f.until AS matched_until
FROM view.subject_search AS f JOIN view.subject AS s USING (subject_id)
WHERE f.plain >= %(code)s::text AND f.plain < %(above)s::text AND f.place = 2
AND NOT EXISTS (
    SELECT FROM view.subject_search AS newer
    WHERE newer.subject_id = f.subject_id AND newer.place = 2 AND newer.plain >= %(code)s::text
        AND newer.plain < %(above)s::text AND coalesce(newer.until, 'infinity') > coalesce(f.until, 'infinity')
)
ORDER BY f.plain, f.subject_id LIMIT %(limit)s::int

-- sample --
-- How many of the first names, in an order that no name follows, hold this part, and how many were looked at.
SELECT (count(*) FILTER (WHERE strpos(plain, %(plain)s::text) > 0))::int, count(*)::int FROM (
    SELECT plain FROM view.subject_search WHERE place = 0 ORDER BY place, subject_id, plain, until LIMIT %(size)s::int
) AS looked_at

-- walk --
-- Subjects by a part that many names hold: names, then former names, in an order that no name follows.
SELECT s.subject_id, s.name, s.code, s.kind, s.division,
    CASE f.place WHEN 0 THEN 'name' ELSE 'former_name' END AS matched, f.text AS matched_text, f.until AS matched_until
FROM (
    SELECT subject_id, place, text, plain, until FROM view.subject_search AS part
    WHERE place < 2 AND strpos(plain, %(plain)s::text) > 0 AND plain <> %(plain)s::text
        AND (place = 0 OR NOT EXISTS (
            SELECT FROM view.subject_search AS own
            WHERE own.subject_id = part.subject_id AND own.place = 0 AND strpos(own.plain, %(plain)s::text) > 0
        ))
        AND NOT EXISTS (
            SELECT FROM view.subject AS person
            WHERE person.subject_id = part.subject_id AND person.kind = 'natural_person' AND %(public_on)s::date IS NOT NULL
                AND NOT EXISTS (
                    SELECT FROM view.disclosure AS d
                    WHERE d.subject_id = person.subject_id AND d.shown_from <= %(public_on)s::date
                        AND (d.shown_until IS NULL OR d.shown_until >= %(public_on)s::date)
                )
        )
    ORDER BY place, subject_id, plain, until LIMIT %(limit)s::int OFFSET %(offset)s::int
) AS f JOIN view.subject AS s USING (subject_id)
ORDER BY f.place, f.subject_id, f.plain, f.until

-- pick --
-- Subjects by a part that few names hold: names, then former names, each sorted by text.
SELECT s.subject_id, s.name, s.code, s.kind, s.division,
    CASE f.place WHEN 0 THEN 'name' ELSE 'former_name' END AS matched, f.text AS matched_text, f.until AS matched_until
FROM (
    SELECT subject_id, place, text, plain, until FROM view.subject_search AS part
    WHERE grams @> %(grams)s::text[] AND strpos(plain, %(plain)s::text) > 0 AND plain <> %(plain)s::text
        AND (place = 0 OR NOT EXISTS (
            SELECT FROM view.subject_search AS own
            WHERE own.subject_id = part.subject_id AND own.place = 0 AND strpos(own.plain, %(plain)s::text) > 0
        ))
        AND NOT EXISTS (
            SELECT FROM view.subject AS person
            WHERE person.subject_id = part.subject_id AND person.kind = 'natural_person' AND %(public_on)s::date IS NOT NULL
                AND NOT EXISTS (
                    SELECT FROM view.disclosure AS d
                    WHERE d.subject_id = person.subject_id AND d.shown_from <= %(public_on)s::date
                        AND (d.shown_until IS NULL OR d.shown_until >= %(public_on)s::date)
                )
        )
    ORDER BY place, plain, subject_id, until LIMIT %(limit)s::int OFFSET %(offset)s::int
) AS f JOIN view.subject AS s USING (subject_id)
ORDER BY f.place, f.plain, f.subject_id, f.until

-- by_id --
-- One card.
SELECT * FROM view.subject WHERE subject_id = %(subject_id)s::uuid

-- by_code --
-- The card of one code, present or former.
SELECT * FROM view.subject WHERE code = %(code)s::text
UNION ALL
SELECT s.* FROM view.subject_search AS f JOIN view.subject AS s USING (subject_id)
WHERE f.plain = %(code)s::text AND f.place = 2 AND s.code <> %(code)s::text

-- joined_to --
-- The cards of the files joined to one.
SELECT * FROM view.subject WHERE joined_into = %(subject_id)s::uuid ORDER BY name, subject_id

-- by_ids --
-- The cards of some subjects.
SELECT * FROM view.subject WHERE subject_id = ANY(%(subject_ids)s::uuid[])
