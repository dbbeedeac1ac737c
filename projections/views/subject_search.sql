-- find_by_name --
-- Subjects by a part of a present or former name; an exact name first.
SELECT s.subject_id, s.name, s.code, s.kind, s.division,
    CASE f.place WHEN 0 THEN 'name' ELSE 'former_name' END AS matched, f.text AS matched_text, f.until AS matched_until
FROM (
    SELECT subject_id, place, text, plain, until, 0 AS worth FROM view.subject_search
    WHERE plain = %(plain)s::text AND place < 2
    UNION ALL
    (
        SELECT subject_id, place, text, plain, until, 1 AS worth FROM view.subject_search AS part
        WHERE grams @> %(grams)s::text[] AND strpos(plain, %(plain)s::text) > 0 AND plain <> %(plain)s::text
            AND (place = 0 OR place = 1 AND NOT EXISTS (
                SELECT FROM view.subject_search AS own
                WHERE own.subject_id = part.subject_id AND own.place = 0 AND strpos(own.plain, %(plain)s::text) > 0
            ))
        ORDER BY place, plain, subject_id, until LIMIT %(limit)s::int + %(offset)s::int
    )
) AS f JOIN view.subject AS s USING (subject_id)
ORDER BY f.worth, f.place, f.plain, f.subject_id, f.until LIMIT %(limit)s::int OFFSET %(offset)s::int

-- find_by_code --
-- Subjects by the beginning of a code, then by a part of a name: digits may stand in either.
SELECT s.subject_id, s.name, s.code, s.kind, s.division,
    CASE f.place WHEN 0 THEN 'name' WHEN 1 THEN 'former_name' ELSE 'code' END AS matched,
    f.text AS matched_text, f.until AS matched_until
FROM (
    (
        SELECT subject_id, place, text, plain, until, 0 AS worth FROM view.subject_search
        WHERE plain >= %(code)s::text AND plain < %(above)s::text AND place = 2
        ORDER BY plain, subject_id LIMIT %(limit)s::int + %(offset)s::int
    )
    UNION ALL
    (
        SELECT subject_id, place, text, plain, until, 1 AS worth FROM view.subject_search AS part
        WHERE grams @> %(grams)s::text[] AND strpos(plain, %(plain)s::text) > 0
            AND (place = 0 OR place = 1 AND NOT EXISTS (
                SELECT FROM view.subject_search AS own
                WHERE own.subject_id = part.subject_id AND own.place = 0 AND strpos(own.plain, %(plain)s::text) > 0
            ))
        ORDER BY place, plain, subject_id, until LIMIT %(limit)s::int + %(offset)s::int
    )
) AS f JOIN view.subject AS s USING (subject_id)
ORDER BY f.worth, f.place, f.plain, f.subject_id, f.until LIMIT %(limit)s::int OFFSET %(offset)s::int

-- by_id --
-- One card.
SELECT * FROM view.subject WHERE subject_id = %(subject_id)s::uuid

-- by_code --
-- The card of one code.
SELECT * FROM view.subject WHERE code = %(code)s::text

-- by_ids --
-- The cards of some subjects.
SELECT * FROM view.subject WHERE subject_id = ANY(%(subject_ids)s::uuid[])
