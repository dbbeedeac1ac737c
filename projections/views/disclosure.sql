-- of_subject --
-- What is shown of one subject on a day.
SELECT * FROM view.disclosure
WHERE subject_id = %(subject_id)s::uuid AND shown_from <= %(on)s::date
    AND (shown_until IS NULL OR shown_until >= %(on)s::date)
ORDER BY array_position(ARRAY['penalty', 'listing', 'licence', 'qualification', 'honour', 'commitment', 'adverse_conduct'], kind), decided_on DESC, position DESC

-- of_entry --
-- One entry, if it is shown on a day.
SELECT * FROM view.disclosure
WHERE entry_id = %(entry_id)s::text AND shown_from <= %(on)s::date
    AND (shown_until IS NULL OR shown_until >= %(on)s::date)
ORDER BY position LIMIT 1

-- of_list --
-- Who is shown on a list on a day.
SELECT d.subject_id, d.entry_id, s.name, s.code, s.kind AS subject_kind, d.shown_from, d.shown_until, d.document_no,
    d.decided_on, d.authority, d.position
FROM view.disclosure AS d JOIN view.subject AS s USING (subject_id)
WHERE d.list_type = %(list_type)s::text AND d.shown_from <= %(on)s::date
    AND (d.shown_until IS NULL OR d.shown_until >= %(on)s::date)
ORDER BY d.decided_on DESC, d.position DESC LIMIT %(limit)s::int OFFSET %(offset)s::int

-- counts --
-- How much is shown on a day, by kind and list.
SELECT kind, list_type, count(*)::int AS shown FROM view.disclosure
WHERE shown_from <= %(on)s::date AND (shown_until IS NULL OR shown_until >= %(on)s::date)
GROUP BY kind, list_type ORDER BY kind, list_type

-- counts_of --
-- How much is shown of each of some subjects on a day, by kind.
SELECT subject_id, kind, count(*)::int AS shown FROM view.disclosure
WHERE subject_id = ANY(%(subject_ids)s::uuid[]) AND shown_from <= %(on)s::date
    AND (shown_until IS NULL OR shown_until >= %(on)s::date)
GROUP BY subject_id, kind

-- ended --
-- Disclosures that are over and whose end nobody recorded yet.
SELECT subject_id, entry_id FROM view.disclosure
WHERE shown_until < %(on)s::date AND NOT noticed
ORDER BY shown_until, entry_id LIMIT %(limit)s::int
