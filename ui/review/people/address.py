"""How a 工号 stands in an address.

A browser takes `/people/of/..` for `/people/`, however the dots are written (RFC 3986 5.2.4). Such
a 工号 is given to nobody any more, but some have one, and must be found, changed and erased.
"""

from __future__ import annotations

from werkzeug.routing import BaseConverter

_BEFORE_DOTS = "~"
"""No 工号 begins with it."""


class WorkerId(BaseConverter):
    """`<worker:…>` in a route."""

    def to_python(self, value: str) -> str:
        """Read a 工号 from an address."""
        return value.removeprefix(_BEFORE_DOTS)

    def to_url(self, value: str) -> str:
        """Write a 工号 into an address."""
        return super().to_url(value if value.strip(".") else f"{_BEFORE_DOTS}{value}")
