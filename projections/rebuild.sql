-- streams --
-- Every fact up to a position, stream by stream.
SELECT originator_id, originator_version, topic, state, notification_id, recorded_at FROM credit_events
WHERE notification_id <= %(position)s::bigint ORDER BY originator_id, originator_version

-- definitions --
-- The statements that give the rebuilt tables the words, keys and indexes of the live ones.
SELECT format('COMMENT ON TABLE %%I.%%I IS %%L', %(beside)s::text, relname, obj_description(oid)) AS statement
FROM pg_class WHERE relnamespace = %(live)s::text::regnamespace AND relkind = 'r'
UNION ALL
SELECT format('COMMENT ON SCHEMA %%I IS %%L', %(beside)s::text, obj_description(%(live)s::text::regnamespace, 'pg_namespace'))
UNION ALL
SELECT format('ALTER TABLE %%I.%%I ADD CONSTRAINT %%I %%s', %(beside)s::text, c.relname, k.conname, pg_get_constraintdef(k.oid))
FROM pg_constraint AS k JOIN pg_class AS c ON c.oid = k.conrelid
WHERE k.connamespace = %(live)s::text::regnamespace AND k.contype IN ('p', 'u')
UNION ALL
SELECT replace(pg_get_indexdef(i.indexrelid), format(' ON %%I.%%I ', %(live)s::text, c.relname),
    format(' ON %%I.%%I ', %(beside)s::text, c.relname))
FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indrelid
WHERE c.relnamespace = %(live)s::text::regnamespace
    AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid)

-- refused --
-- The parked streams whose rows the tables would not take.
SELECT stream_id, failure FROM view_parked WHERE failure LIKE %(failure)s::text
