"""Tokens in forms: a browser sends the pages' password with any site's form, but only our own page
knows the token.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets


class Tokens:
    """Makes and checks tokens; they hold until the process ends."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def make(self, *about: object) -> str:
        """Return the token of a form about this."""
        return hmac.digest(self._secret, repr(about).encode(), hashlib.sha256).hex()

    def fits(self, token: str, *about: object) -> bool:
        """Return whether a form about this was ours."""
        return hmac.compare_digest(token.encode(), self.make(*about).encode())
