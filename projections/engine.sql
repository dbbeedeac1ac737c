-- lead --
-- Become the one leader, if nobody leads.
SELECT pg_try_advisory_lock(%(key)s::bigint)

-- hold_step --
-- Keep a step and a rebuild apart until the transaction ends.
SELECT pg_advisory_xact_lock(%(key)s::bigint)

-- begin --
-- Make sure that every view has a position.
INSERT INTO view_progress (view) SELECT unnest(%(views)s::text[]) ON CONFLICT DO NOTHING

-- progress --
-- The position of each view.
SELECT view, position FROM view_progress

-- move --
-- Move the views that are still where the step began.
UPDATE view_progress SET position = %(position)s::bigint
WHERE view = ANY(%(views)s::text[]) AND position = %(before)s::bigint
RETURNING view

-- park --
-- Say of some streams that they could not be derived.
INSERT INTO view_parked (stream_id, position, failure)
SELECT stream, %(position)s::bigint, failure FROM unnest(%(streams)s::uuid[], %(failures)s::text[]) AS p (stream, failure)
ON CONFLICT (stream_id) DO UPDATE SET position = excluded.position, failure = excluded.failure

-- unpark --
-- Streams that were derived are parked no longer.
DELETE FROM view_parked WHERE stream_id = ANY(%(streams)s::uuid[])

-- parked --
-- The streams that are parked.
SELECT stream_id FROM view_parked
