"""Bytes into cards, without any I/O: one class for each family of readers.

`feed` takes bytes as they come, in pieces of any size, and returns the cards that became complete.
`idle` is called once the wire has been silent for a moment: it ends the burst, drops half a frame,
and reports a burst without any card as one `FrameRejected`. Neither ever raises, whatever the
bytes.
"""

from __future__ import annotations

from typing import Protocol

from devices import DeviceError
from devices.card_reader import Event

GARBLED = "无法识别"
CHECKSUM = "校验错误"
HALF = "数据不完整"
TOO_LONG = "数据过长"
FORM_UNKNOWN = "卡号格式未设置"


class Framing(Protocol):
    """The interface of every family."""

    def feed(self, data: bytes) -> list[Event]:
        """Take what came and return the cards that are complete with it."""

    def idle(self) -> list[Event]:
        """End a burst: return what the silence completed, or the reason why nothing was."""


class UnreadableError(DeviceError):
    """A frame holds no card; the message is the reason of the `FrameRejected`."""
