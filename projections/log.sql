-- head --
-- Position and instant of the newest fact.
SELECT position, nullif(recorded_at, '-infinity') FROM log_head

-- position_at --
-- The last position recorded at or before an instant; positions and instants grow together.
WITH RECURSIVE halved (low, high) AS (
    SELECT 0::bigint, position FROM log_head
    UNION ALL
    SELECT CASE WHEN middle.recorded_at <= %(instant)s::timestamptz THEN middle.notification_id ELSE low END,
        CASE WHEN middle.recorded_at <= %(instant)s::timestamptz THEN high ELSE middle.notification_id - 1 END
    FROM halved JOIN credit_events AS middle ON middle.notification_id = (low + high + 1) / 2
    WHERE low < high
)
SELECT max(low) FROM halved

-- recorded_at --
-- The instant of a position.
SELECT recorded_at FROM credit_events WHERE notification_id = %(position)s::bigint

-- streams_with --
-- The streams that hold a fact of one of these topics at or before a position.
SELECT DISTINCT originator_id FROM credit_events
WHERE topic = ANY(%(topics)s::text[]) AND notification_id <= %(until)s::bigint ORDER BY originator_id

-- page --
-- The facts after a position, in order, at most so many.
SELECT originator_id, originator_version, topic, state, notification_id, recorded_at FROM credit_events
WHERE notification_id > %(after)s::bigint AND notification_id <= %(until)s::bigint
ORDER BY notification_id LIMIT %(size)s::int

-- streams --
-- All facts of some streams up to a position, by stream and version.
SELECT originator_id, originator_version, topic, state, notification_id, recorded_at FROM credit_events
WHERE originator_id = ANY(%(streams)s::uuid[]) AND notification_id <= %(until)s::bigint
ORDER BY originator_id, originator_version

-- streams_of_kind --
-- The streams whose first fact has one of these topics and lies at or before a position.
SELECT originator_id FROM credit_events
WHERE originator_version = 1 AND topic = ANY(%(topics)s::text[]) AND notification_id <= %(until)s::bigint
ORDER BY notification_id
