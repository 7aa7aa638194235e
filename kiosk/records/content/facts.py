"""What the station says: published packs, readings, recorded voices, and scenarios that workers thought of."""

from __future__ import annotations

from kiosk.model.fact import Fact


class PackPublished(Fact, frozen=True, tag="pack.published"):
    """This version of a pack is in use from now on, as `by` decided (empty in old facts)."""

    pack: str
    version: str
    digest: str
    by: str = ""


class PackWithdrawn(Fact, frozen=True, tag="pack.withdrawn"):
    """A pack of the factory's own, last in this version, is out of use, as `by` decided, until a version is published again."""

    pack: str
    version: str
    by: str
