"""The views: one question each, with its queries beside it. `KINDS` in `catalogue` says what is derived from what."""
