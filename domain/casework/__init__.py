"""Casework: streams that concern no single subject (officers, rulebook versions, import batches)."""
