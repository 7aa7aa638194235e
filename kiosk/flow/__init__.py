"""The door: what happens between a badge and a light, as a pure function.

`advance(door, state, input) -> (state, effects)` decides everything. There is no clock, thread,
device, SQL or HTTP in here, so a whole shift can be tested in milliseconds, and folding the
recorded facts of an open check restores the state it was in.
"""
