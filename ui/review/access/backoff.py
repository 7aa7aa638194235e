"""How long to wait after wrong passwords: arithmetic, so that it can be read and tried without a
clock.
"""

from __future__ import annotations

import msgspec


class Patience(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """After `free_tries` wrong passwords of one subject, each further one doubles the wait."""

    free_tries: int = 5
    first_wait_s: float = 30
    longest_wait_s: float = 900
    forgotten_after_s: float = 86_400
    """Wrong tries older than this no longer count."""

    def wait_s(self, failures: int) -> float:
        """Return the wait after this many failures in a row, in seconds."""
        if failures < self.free_tries:
            return 0.0
        doublings = min(failures - self.free_tries, 32)
        return float(min(self.longest_wait_s, self.first_wait_s * 2**doublings))

    def left_s(self, failures: int, elapsed_s: float) -> float:
        """Return what is left of the wait; a failure that seems to lie in the future counts as of
        now.
        """
        if elapsed_s > self.forgotten_after_s:
            return 0.0
        return max(0.0, self.wait_s(failures) - max(0.0, elapsed_s))


STRICT = Patience()
"""For one address, and for one name from one address."""
LENIENT = Patience(free_tries=300, first_wait_s=5, longest_wait_s=60)
"""For one name from any address: who types wrong passwords for somebody else must not keep that
person out. It takes sixty addresses to come this far, and then a guess a minute is left.
"""
