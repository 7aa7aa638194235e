"""Passwords: hashing them (Argon2id) and making them up.

Parameters are OWASP's second choice, m = 19 MiB, t = 2, p = 1: about 20 ms on a desktop, and
bearable on a Pi with 1 GB as long as one hash is computed at a time.
"""

from __future__ import annotations

import secrets
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
LEAST_LENGTH = 8
MOST_LENGTH = 200
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
"""Without l, o, 0 and 1, which are mistaken for each other when read from a screen."""


class Passwords:
    """Hashes and verifies, one at a time.

    An unknown name costs the same time as a wrong password.
    """

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._one_at_a_time = threading.Lock()
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        """Hash a password for keeping."""
        with self._one_at_a_time:
            return self._hasher.hash(password)

    def verify(self, kept: str | None, password: str) -> bool:
        """Return whether the password belongs to the kept hash; `None` stands for a name without an
        account.
        """
        with self._one_at_a_time:
            try:
                return (
                    self._hasher.verify(kept or self._nobody, password[:MOST_LENGTH])
                    and kept is not None
                )
            except (VerificationError, InvalidHashError):
                return False


def made_up() -> str:
    """Make up a password of 60 random bits that can be read aloud and typed on a phone."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
