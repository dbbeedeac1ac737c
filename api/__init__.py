"""What people and programs meet: pages, JSON, command line, and the wiring of everything below."""
