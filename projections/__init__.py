"""What is derived from the recorded facts: views, replay, evidence. Everything here can be rebuilt."""
