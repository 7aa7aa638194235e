"""A card under the reader: from the last byte on its tty to the whole event of the next screen at a
client.

The station records the opening of the check before it shows it. So there are two floors: one that
only reads, parses and sends, and one that also puts a bare row on the disk in between.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median

from kiosk.demo.cards import rdm6300_frame
from kiosk.demo.services import ports_from
from kiosk.demo.tty import ReaderTty
from kiosk.flow.touches import Abnormal, GiveReason, Go
from tests.bench.result import Result, folder_on_disk
from tests.bench.rig.process import process, until_page
from tests.bench.rig.screen import Events, Finger, shown_in
from tests.bench.rig.station import a_station, hire, written_settings

FULL, SMALLEST = 160, 2
"""Cards presented to each."""
_WARM_UP = 1 / 16
"""The part of them that is not counted."""

Badge = Callable[[str], tuple[float, bytes]]
"""Holds the card of this number to a reader; returns the milliseconds until the event was here, and
the event.
"""


def run(rounds: int = FULL) -> list[Result]:
    """Present a card to the station and to both floors in turn, a different worker's each time."""
    with folder_on_disk() as folder, ExitStack() as stack:
        (first, *cards), ours = stack.enter_context(_a_door(folder, 1 + rounds))
        size = len(ours(first)[1])
        bare = stack.enter_context(_a_floor(folder / "bare", size))
        recording = stack.enter_context(_a_floor(folder / "recording", size, folder / "bare.db"))
        took_ms = [tuple(badge(card)[0] for badge in (ours, bare, recording)) for card in cards]
    measured, least, least_recorded = map(
        median, zip(*took_ms[int(rounds * _WARM_UP) :], strict=True)
    )
    return [
        Result("badge to screen; a bare loop", measured, least, "ms", aim=1.5),
        Result(
            "badge to screen; a bare loop with a bare insert",
            measured,
            least_recorded,
            "ms",
            aim=1.5,
        ),
    ]


@contextmanager
def _a_door(folder: Path, how_many: int) -> Iterator[tuple[tuple[str, ...], Badge]]:
    """Run a station; yields its workers' cards and a way to badge in, which also sees to it that
    the check is closed again.
    """
    data = folder / "data"
    data.mkdir()
    reader = ReaderTty(data / "reader")
    with a_station(written_settings(folder), data) as station, ExitStack() as stack:
        cards = hire(station, how_many)
        events = stack.enter_context(closing(Events(station.port)))
        finger = stack.enter_context(closing(Finger(station.port)))
        events.quiet()

        def badge(card: str) -> tuple[float, bytes]:
            began_s = time.perf_counter()
            reader.write(rdm6300_frame(card))
            event = events.until("choosing")
            took_ms = (time.perf_counter() - began_s) * 1e3
            _close_check(finger, shown_in(event).turn)
            events.until("waiting")
            return took_ms, event

        yield cards, badge


def _close_check(finger: Finger, turn: int) -> None:
    for touch in (Abnormal(), GiveReason("machine"), Go()):
        turn = finger.touch(touch, turn).turn


@contextmanager
def _a_floor(tty: Path, size: int, *database: Path) -> Iterator[Badge]:
    """Run a floor; yield a way to badge in there."""
    reader, port = ReaderTty(tty), ports_from(0).touch
    with process("-m", "tests.bench.floors.badge", tty, port, size, *database) as running:
        until_page(running, port)
        with closing(Events(port)) as events:

            def badge(card: str) -> tuple[float, bytes]:
                began_s = time.perf_counter()
                reader.write(rdm6300_frame(card))
                event = events.next()
                return (time.perf_counter() - began_s) * 1e3, event

            yield badge
