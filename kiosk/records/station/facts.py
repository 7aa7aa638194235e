"""The station itself: its starts, and its signatures under the chain."""

from __future__ import annotations

import msgspec

from kiosk.model.fact import Fact


class StationStarted(Fact, frozen=True, tag="station.started"):
    """The station began to run, with this version of the product and of its content."""

    version: str
    packs: dict[str, str] = msgspec.field(default_factory=dict)


class HeadSigned(Fact, frozen=True, tag="head.signed"):
    """The station signed the chain's head: Ed25519 over the hash, both hex."""

    seq: int
    hash: str
    key: str
    signature: str
