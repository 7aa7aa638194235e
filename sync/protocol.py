"""What station and county say to each other, without I/O: messages, limits, and what an answer
means.

Sync is replication: the county holds a copy of a station's journal up to a sequence number. All
requests can be repeated without harm, so that after any fault the station asks what is held and
goes on from there.

    GET  /v1/stations/{station}/head                  -> Held
    POST /v1/stations/{station}/entries    Batch      -> Held        also for known entries
    GET  /v1/stations/{station}/wanted?after={digest} -> Wanted      photos not held, a page
    PUT  /v1/stations/{station}/photos/{digest}       -> Stored      the file's bytes
    GET  /v1/stations/{station}/state                 -> State
    anything else                                     -> Problem, with a status of 400 or above

A county keeps entries of kinds and fields that it does not know as they came, and asks for the
photos of those that it does: a station may be newer than its county.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Annotated, TypeVar

import msgspec

from kiosk.journal.entries import Entry
from kiosk.model.outside import as_line
from sync.sentences import say

MAX_ENTRIES = 200
"""The most entries of a batch."""
MAX_BATCH_KB = 1024
"""A batch's bodies stay below this where more than one entry is in it: half a minute at 256 kbit/s.
"""
MAX_WANTED = 500
"""The most digests of a page of wanted photos."""
CLOCK_WINDOW_S = 600
"""By how much a signature's age may differ from the county's clock, in either direction."""
FIRST_PAUSE_S = 2.0
MOST_PAUSE_S = 3600.0

STATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""A station's id: plain ASCII, because it stands in URLs and in signatures."""
DIGEST = re.compile(r"[0-9a-f]{64}")

NOT_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding raises: for another form, for text that is not UTF-8, and for nesting without end.
"""

Seq = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Digest = Annotated[str, msgspec.Meta(pattern=rf"^{DIGEST.pattern}\Z")]


class Held(msgspec.Struct, frozen=True):
    """What the county holds: the journal up to entry `seq`, whose hash is `hash`, and all photos
    but the missing ones it counts.
    """

    seq: Seq
    hash: Digest
    photos_missing: Seq = 0


class Batch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Entries that follow each other, as stored at the station."""

    entries: Annotated[tuple[Entry, ...], msgspec.Meta(min_length=1, max_length=MAX_ENTRIES)]


class Wanted(msgspec.Struct, frozen=True):
    """A page of digests of photos that the county wants and does not hold, in ascending order;
    empty at the end.
    """

    photos: tuple[Digest, ...]


class Stored(msgspec.Struct, frozen=True):
    """The county holds this photo on its disk."""

    photo: Digest


class State(msgspec.Struct, frozen=True):
    """What the county knows of a station; times are ISO 8601 in UTC, empty for never."""

    station: str
    name: str
    held: Held
    received_at: str
    photos_held: int
    signed_seq: int
    signed_at: str
    alarm: str


class Code(enum.StrEnum):
    """Why the county did not do what it was asked."""

    MALFORMED = "malformed"
    UNKNOWN_STATION = "unknown_station"
    BAD_SIGNATURE = "bad_signature"
    CLOCK_OFF = "clock_off"
    CONTENT_DIGEST = "content_digest"
    PHOTO_DIGEST = "photo_digest"
    UNKNOWN_PHOTO = "unknown_photo"
    BAD_ENTRY = "bad_entry"
    GAP = "gap"
    FORK = "fork"
    TOO_LARGE = "too_large"
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A refusal: a code for programs, a Chinese sentence for people, and what is held where that
    helps.
    """

    error: str
    say: str
    held: Held | None = None


class Answer(msgspec.Struct, frozen=True):
    """An HTTP answer, as far as the protocol looks at it."""

    status: int
    body: bytes
    date: str = ""
    retry_after: str = ""


class Rewind(msgspec.Struct, frozen=True):
    """The county holds less than was thought: go on from there."""

    held: Held


class Reclock(msgspec.Struct, frozen=True):
    """The clocks differ: sign with the time of `date` and ask again, once."""

    date: datetime


class PhotoRefused(msgspec.Struct, frozen=True):
    """This photo will not be taken; the others may."""

    why: str


class TryAgain(msgspec.Struct, frozen=True):
    """It may work later, not before `asked_s` where the county says so."""

    why: str
    asked_s: float = 0.0


class GiveUp(msgspec.Struct, frozen=True):
    """It will not work until somebody does something; `why` is for that person."""

    why: str


Trouble = Rewind | Reclock | PhotoRefused | TryAgain | GiveUp
Message = TypeVar("Message", Held, Wanted, Stored, State)
Told = TypeVar("Told", Held, Wanted, Stored, State, Problem)


def next_batch(entries: Sequence[Entry]) -> Batch:
    """Take from the front as many entries as one request should carry, at least one.

    `entries` is not empty.
    """
    size = 0
    for count, entry in enumerate(entries[:MAX_ENTRIES]):
        size += len(entry.body)
        if count and size > MAX_BATCH_KB * 1024:
            return Batch(tuple(entries[:count]))
    return Batch(tuple(entries[:MAX_ENTRIES]))


def understand(answer: Answer, expected: type[Message]) -> Message | Trouble:
    """Return what an answer means: the message that was asked for, or what to do without it.

    What the county says in it is shown to people, printed and kept: it is cut to a line, here.
    """
    try:
        if 200 <= answer.status < 300:
            return _in_lines(msgspec.json.decode(answer.body, type=expected))
        return _refused(answer, _in_lines(msgspec.json.decode(answer.body, type=Problem)))
    except NOT_JSON:
        return _not_the_county(answer)


def _in_lines(told: Told) -> Told:
    fields = msgspec.structs.asdict(told).items()
    lines = {name: as_line(value) for name, value in fields if isinstance(value, str)}
    return msgspec.structs.replace(told, **lines)


def _refused(answer: Answer, problem: Problem) -> Trouble:
    match problem.error:
        case Code.GAP if problem.held is not None:
            return Rewind(problem.held)
        case Code.CLOCK_OFF if (date := _http_date(answer.date)) is not None:
            return Reclock(date)
        case Code.PHOTO_DIGEST | Code.UNKNOWN_PHOTO:
            return PhotoRefused(problem.say)
        case Code.CONTENT_DIGEST:
            return TryAgain(problem.say)
    if _passes_by_itself(answer.status):
        return TryAgain(problem.say, _seconds(answer.retry_after))
    return GiveUp(say("refused", why=problem.say))


def _not_the_county(answer: Answer) -> Trouble:
    """Return the trouble with what does not speak the protocol: a proxy, a sign-in page of some
    other network, a crashed server.
    """
    if answer.status == 413:
        return GiveUp(say("too_large_on_the_way"))
    return TryAgain(say("not_the_county", status=answer.status), _seconds(answer.retry_after))


def _passes_by_itself(status: int) -> bool:
    return status >= 500 or status in (408, 425, 429)


def _seconds(retry_after: str) -> float:
    """Read Retry-After in its form as seconds (RFC 9110, 10.2.3); the form as a date depends on two
    clocks: ignored.
    """
    return float(retry_after) if retry_after.isascii() and retry_after.isdigit() else 0.0


def _http_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo is not None else None


def pause_s(failures: int, chance: float, asked_s: float = 0.0) -> float:
    """Return the pause after this many failures in a row (1, 2, 3 …): full jitter below a doubling
    bound, capped at an hour.

    `chance` is a random number from 0 up to 1. Many stations that lost the county together do not
    come back together.
    """
    bound = min(MOST_PAUSE_S, FIRST_PAUSE_S * (1 << min(failures - 1, 16)))
    return min(MOST_PAUSE_S, max(chance * bound, asked_s))


def left_of_pause_s(retry_at_s: float, now_s: float) -> float:
    """Return what is left of a stored pause.

    One longer than any pause can be means that the clock was set: nothing is left.
    """
    left = retry_at_s - now_s
    return left if 0.0 < left <= MOST_PAUSE_S else 0.0
