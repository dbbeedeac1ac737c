"""Public pages: what the bureau discloses today, and nothing that has ended."""
