"""What others may ask the journal's only writer to record.

A command is one line of JSON over a Unix socket; its file permissions decide who may connect, and the peer's user what it may
ask for. The answer, one line too, is the committed entries or a refusal in a sentence. Review pages, sync and command line tools
all write this way.
"""

from __future__ import annotations

import socket
from pathlib import Path
from typing import get_args

import msgspec

from kiosk.journal.entries import Entry
from kiosk.records.content.commands import PackCommand, PictureKept
from kiosk.records.paper.commands import PaperCommand
from kiosk.records.people.commands import CardAwaited, CardCommand, ChangeRoster, RosterCommand
from kiosk.records.reviews.commands import ReviewCheck
from kiosk.records.scenarios.commands import ScenarioCommand
from kiosk.records.speech.commands import Heard, HearSentence, SpeechCommand
from kiosk.records.station.commands import AskHealth, Health, SignHead

Command = (
    ReviewCheck
    | ChangeRoster
    | SignHead
    | AskHealth
    | PaperCommand
    | RosterCommand
    | CardCommand
    | PackCommand
    | ScenarioCommand
    | SpeechCommand
    | HearSentence
)

FROM_ANY_USER: tuple[type[Command], ...] = (
    *(ReviewCheck, AskHealth),
    *get_args(PaperCommand),
    *get_args(RosterCommand),
    *get_args(CardCommand),
    *get_args(PackCommand),
    *get_args(ScenarioCommand),
    *get_args(SpeechCommand),
    HearSentence,
)
"""What the socket also takes from a user other than the station's own: the review pages run as one, within reach of the LAN."""


class Recorded(msgspec.Struct, frozen=True, tag="recorded"):
    """The command was carried out: the entries that are now on disk."""

    entries: tuple[Entry, ...]


class Declined(msgspec.Struct, frozen=True, tag="declined"):
    """The command was not carried out, and why, in the language of who sees it."""

    reason: str


Reply = Recorded | Declined | Health | CardAwaited | PictureKept | Heard


class StationDownError(Exception):
    """Nobody answers on the command socket: the station is not running."""


def send(path: Path, command: Command, timeout_s: float = 10) -> Reply:
    """Send a command to the station that listens at `path`. Raises StationDownError when none answers."""
    try:
        with socket.socket(socket.AF_UNIX) as channel, channel.makefile("rwb") as file:
            channel.settimeout(timeout_s)
            channel.connect(str(path))
            file.write(msgspec.json.encode(command) + b"\n")
            file.flush()
            reply: Reply = msgspec.json.decode(file.readline(), type=Reply)
            return reply
    except (OSError, msgspec.DecodeError) as error:
        raise StationDownError(f"station does not answer at {path}: {error}") from error
