"""What others may ask the journal's only writer to record.

A command is one line of JSON over a Unix socket; its file permissions decide who may connect, and
the peer's user what it may ask for. The answer, one line too, is the committed entries or a refusal
in a sentence. Review pages, sync and command line tools all write this way.
"""

from __future__ import annotations

import msgspec

from devices.supervised import State as DeviceState
from kiosk.records.content.commands import ContentState


class SignHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="sign_head"):
    """Sign the chain's head with the station's key and record the signature."""


class AskHealth(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="ask_health"):
    """Record nothing; say how the station and its devices fare."""


class Health(msgspec.Struct, frozen=True, tag="health"):
    """The state of each device, and why nothing can be recorded (empty when it can)."""

    devices: dict[str, DeviceState]
    trouble: str = ""
    content: ContentState = ContentState()
    speech: tuple[int, int] | None = None
    """Sentences that can be heard, and all; None while nothing is rendered."""
