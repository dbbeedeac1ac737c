-- between --
-- Attempts denied on these days, the newest first.
SELECT * FROM view.denial
WHERE on_day BETWEEN %(from_on)s::date AND %(until_on)s::date
ORDER BY position DESC LIMIT %(limit)s::int OFFSET %(offset)s::int
