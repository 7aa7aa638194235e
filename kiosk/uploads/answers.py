"""What a child that reads a file answers on its standard output, as MessagePack: what it
understood, or the one reason against the file.
"""

from __future__ import annotations

import sys

import msgspec


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """The file cannot be used.

    `reason` says why and what to do (Chinese); `cause` is for the log, without a word of the file.
    """

    reason: str
    cause: str = ""


class Understood(msgspec.Struct, frozen=True, tag="understood"):
    """The file was read; `what` is packed once more, as its reader and its asker agreed."""

    what: msgspec.Raw


Answer = Refused | Understood


def puzzled(error: Exception, reason: str) -> Refused:
    """Refuse a file that is wrong in a way nobody thought of."""
    return Refused(reason, type(error).__name__)


def give(what: object) -> None:
    """Answer the parent: with a `Refused`, or with anything that was understood."""
    if not isinstance(what, Refused):
        what = Understood(msgspec.Raw(msgspec.msgpack.encode(what)))
    sys.stdout.buffer.write(msgspec.msgpack.encode(what))
