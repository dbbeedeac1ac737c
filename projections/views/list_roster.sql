-- on_day --
-- Who is on a list on a day.
SELECT r.subject_id, s.name, s.code, s.division, r.listing_id, r.list_type, r.from_on, r.until, r.is_firm, r.exit_cause,
    r.designated_by, r.decision_no, r.decided_on, r.position
FROM view.list_roster AS r JOIN view.subject AS s USING (subject_id)
WHERE r.list_type = %(list_type)s::text AND r.from_on <= %(on)s::date AND (r.until IS NULL OR r.until >= %(on)s::date)
ORDER BY r.from_on, s.name, r.listing_id LIMIT %(limit)s::int OFFSET %(offset)s::int

-- ended --
-- Listings whose term is over while no exit is recorded.
SELECT subject_id, listing_id FROM view.list_roster
WHERE until < %(on)s::date AND exit_cause IS NULL
ORDER BY until, listing_id LIMIT %(limit)s::int
