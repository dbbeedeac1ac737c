"""Replay: any past answer of the register, on two clocks — as known at a position, in force on a day."""
