"""What happened at the door other than checks: cards that were refused, and work that was stopped
(停止作业).
"""

from __future__ import annotations

import enum
from bisect import bisect_left
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

import msgspec
from msgspec.structs import replace

from kiosk.journal.entries import Entry
from kiosk.records.checks.facts import CheckRefused, WorkStopped
from kiosk.records.reader import Reading

_PAGE = 500
_REMEMBERED = 31


class Kind(enum.StrEnum):
    """What an incident is; the graver one first."""

    STOPPED = "stopped"
    REFUSED = "refused"


class Incident(msgspec.Struct, frozen=True):
    """A refused card or a stop-work, `times` in a row.

    `worker` is empty when nobody knows who it was.
    """

    kind: Kind
    at: str
    worker: str
    reasons: tuple[str, ...]
    card: str = ""
    check: str = ""
    times: int = 1


class _Known(msgspec.Struct, frozen=True):
    """The incidents of a day as far as entry `upto`; `over` once entries of later days follow."""

    upto: int
    found: tuple[Incident, ...] = ()
    over: bool = False


class Incidents:
    """The incidents of each day, read once and then only what came since.

    `day_of` returns the day to whose shifts a time belongs.
    """

    def __init__(self, day_of: Callable[[datetime], date]) -> None:
        self._day_of = day_of
        self._known: dict[date, _Known] = {}

    def of(self, on: date, reading: Reading) -> tuple[Incident, ...]:
        """Return a day's incidents, stop-works before refusals, each the newest first.

        An entry belongs to the day that the clock showed when it was made.
        """
        known = self._known.get(on) or _Known(self._before(on, reading))
        while not known.over and (page := reading.entries(known.upto, _PAGE)):
            known = self._read(on, known, page)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[on] = known
        newest_first = known.found[::-1]
        return tuple(sorted(newest_first, key=lambda incident: incident.kind is not Kind.STOPPED))

    def _read(self, on: date, known: _Known, page: list[Entry]) -> _Known:
        here = (
            found for entry in page if (found := _incident(entry)) and self._day(found.at) == on
        )
        # A night shift ends on the day after.
        over = _clock(page[-1]).date() - on > timedelta(days=2)
        return _Known(page[-1].seq, _joined((*known.found, *here)), over)

    def _day(self, at: str) -> date:
        return self._day_of(datetime.fromisoformat(at))

    @staticmethod
    def _before(on: date, reading: Reading) -> int:
        """Return the number of the last entry that is too old for a day: entries stand in the order
        of time.
        """

        def latest(after: int) -> date:
            (entry,) = reading.entries(after, 1)
            # The local day may be one ahead of the clock's, which is UTC.
            return _clock(entry).date() + timedelta(days=1)

        return bisect_left(range(reading.head().seq), on, key=latest)


def _clock(entry: Entry) -> datetime:
    return datetime.fromisoformat(entry.at)


def _incident(entry: Entry) -> Incident | None:
    if entry.kind not in ("check.refused", "work.stopped"):
        return None
    match entry.fact:
        case CheckRefused(card=card, reasons=reasons, worker=worker):
            return Incident(Kind.REFUSED, entry.at, worker, reasons, card)
        case WorkStopped(reason=reason, worker=worker, check=check):
            return Incident(Kind.STOPPED, entry.at, worker, (reason,), check=check)
    return None


def _joined(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Make one of the same card refused for the same reasons again and again, with the time of the
    last.
    """
    joined: list[Incident] = []
    for incident in incidents:
        if (
            joined
            and incident.kind is Kind.REFUSED
            and _who_and_why(joined[-1]) == _who_and_why(incident)
        ):
            incident = replace(incident, times=joined.pop().times + incident.times)
        joined.append(incident)
    return tuple(joined)


def _who_and_why(incident: Incident) -> tuple[str, str, tuple[str, ...]]:
    return incident.worker, incident.card, incident.reasons
