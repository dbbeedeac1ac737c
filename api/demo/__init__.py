"""The demonstration (演示): invented cases, played through the real decisions under a simulated clock."""
