"""Who may ask: only the station's own screen.

A web page from elsewhere must neither read the door nor press its buttons.

A foreign page reaches a loopback server by a name of its own that resolves to 127.0.0.1 (DNS
rebinding), which the Host header shows, or by a request across origins, which Sec-Fetch-Site and
Origin show. A program on this machine sends neither and may do what its user may do anyhow.
"""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

OWN_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
_SAME = frozenset({"same-origin", "none"})


class Headers(Protocol):
    """The headers of a request; their names are not case-sensitive."""

    def get(self, key: str, /) -> str | None:
        """Return a header's value."""
        ...


def may_read(headers: Headers) -> bool:
    """Return whether the request names this machine as its host."""
    return _name_of(f"//{headers.get('Host') or ''}") in OWN_NAMES


def may_touch(headers: Headers) -> bool:
    """Return whether a request that changes something comes from the station's own page, or from no
    page at all.
    """
    site, origin = headers.get("Sec-Fetch-Site"), headers.get("Origin")
    if site is not None and site not in _SAME:
        return False
    return origin is None or urlsplit(origin).netloc == headers.get("Host")


def _name_of(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None
