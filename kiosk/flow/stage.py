"""What every stage of the door is."""

from __future__ import annotations

import msgspec


class Stage(msgspec.Struct, frozen=True):
    """The base of all stages; `until_s` is when the stage changes by itself (monotonic), None for
    never.
    """

    until_s: float | None = None
