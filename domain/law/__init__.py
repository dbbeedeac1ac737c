"""The law as dated data: rows, calendars and code lists, and how to choose and count with them."""
