"""Argon2 at the least it can cost: what a hash costs a guesser is no matter of most tests."""

from __future__ import annotations

from argon2 import PasswordHasher

CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
