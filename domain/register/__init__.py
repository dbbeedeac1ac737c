"""The only place that writes facts, and the only part of the domain that knows the event store and the database."""
