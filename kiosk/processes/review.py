"""`kiosk review`: the supervisor's pages as a process of their own, without any device."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from wsgiref.types import WSGIApplication
from zoneinfo import ZoneInfo

from kiosk.commands.permissions import may_review
from kiosk.commands.protocol import Command, Reply, send
from kiosk.journal.blobs import Photos
from kiosk.journal.errors import JournalError
from kiosk.paths import Place
from kiosk.processes.content_in_use import load_door, load_lists, load_shipped
from kiosk.processes.ending import end_on_faults, stop_on_signals
from kiosk.processes.forms import forms_source
from kiosk.processes.reload import Latest
from kiosk.processes.telling import tell
from kiosk.processes.texts import gaps
from kiosk.records.reader import Reading
from kiosk.records.speech.recordings import RECORDINGS
from kiosk.settings import Settings
from kiosk.station.render_plan import chapters
from ui.review.access.store import Access
from ui.review.app import create_app
from ui.review.content.room import Room
from ui.review.forms.pages import Printing
from ui.review.library import Library
from ui.review.server import make_server
from ui.review.settings import ReviewSettings
from ui.review.speech.pages import Group, Spoken
from ui.review.texts import CONTENT, beside, load_review_texts
from ui.serving import served
from ui.texts import load_texts, summed_up
from ui.touch.screens import every_sentence

_PATIENCE_S = 35
"""The station answers within 30 s: a roster of thousands takes its time."""


def serve_review(settings: Settings, place: Place, port: int | None = None) -> None:
    """Serve the pages until SIGTERM or Ctrl-C.

    At a terminal, every supervisor without an account gets a password, printed once.
    """
    end_on_faults()
    stop = threading.Event()
    stop_on_signals(stop.set)
    for line in summed_up(gaps(settings.content, place)):
        tell(line, err=True)
    access = access_of(place)
    _give_first_passwords(access, _without_account(place, access))

    def carry(command: Command) -> Reply:
        return send(place.commands, command, _PATIENCE_S)

    server = make_server(
        pages(settings, place, access, carry),
        settings.review.port if port is None else port,
        settings.review.threads,
    )
    with served(server):
        stop.wait()


def _sentences(settings: Settings, place: Place) -> tuple[Group, ...]:
    """Return every sentence of the content in use, as it is now: what everybody hears first, then
    post by post.
    """
    texts = load_texts(place.config / settings.content.texts)
    planned = chapters(load_door(settings, place), (), lambda door: every_sentence(door, texts))
    return tuple(Group(chapter.post, chapter.sentences) for chapter in planned)


def pages(
    settings: Settings, place: Place, access: Access, carry: Callable[[Command], Reply]
) -> WSGIApplication:
    """Return the pages, always with the content that is published."""
    content = content_room(settings, place, carry)

    def make() -> WSGIApplication:
        door = load_door(settings, place)
        return create_app(
            lambda: Reading.open(place.data),
            Photos(place.data / "photos"),
            access,
            carry,
            door,
            load_review_texts(place.config / settings.content.review_texts),
            _told(settings),
            Printing(forms_source(settings, place, door), settings.privacy, settings.county.url),
            Spoken(lambda: _sentences(settings, place), Photos(place.data / RECORDINGS)),
            content=content,
        )

    return Latest(make, lambda: _last_published(place))


def content_room(settings: Settings, place: Place, carry: Callable[[Command], Reply]) -> Room:
    """Return what the pages of content work with; drafts lie in the folder of the accounts."""
    return Room(
        Library(place.packs, load_shipped(settings, place), load_lists(settings, place)),
        review_db(place).parent / "drafts",
        load_texts(beside(place.config / settings.content.review_texts, "content"), CONTENT),
        load_texts(place.config / settings.content.texts),
        settings.station.name,
        carry,
        lambda: datetime.now(ZoneInfo(settings.station.time_zone)),
    )


def _last_published(place: Place) -> int:
    """Return the number of the newest publication's entry; 0 while no journal can be read."""
    try:
        with Reading.open(place.data) as reading:
            return reading.last_published()
    except JournalError:
        return 0


def access_of(place: Place) -> Access:
    """Open the accounts, which lie in a folder of their own: the only one this process may
    write.
    """
    return Access(review_db(place))


def review_db(place: Place) -> Path:
    """Return the file of the accounts."""
    return place.data / "review" / "review.db"


def _give_first_passwords(access: Access, workers: list[str]) -> None:
    """Print them to a terminal only: what a service prints is kept in the system's journal, for
    others to read.
    """
    if sys.stdout.isatty():
        for worker in workers:
            tell(
                f"安全员网页密码（只显示这一次）：工号 {worker}  密码 {access.create_first(worker)}"
            )
    elif workers:
        tell(f"还没有密码：工号 {'、'.join(workers)}。请在终端运行 kiosk password 工号")


def _without_account(place: Place, access: Access) -> list[str]:
    known = set(access.workers)
    with Reading.open(place.data) as reading:
        people = reading.workers().values()
    return [person.id for person in people if may_review(person) and person.id not in known]


def _told(settings: Settings) -> ReviewSettings:
    return ReviewSettings(
        station=settings.station.name,
        shifts=settings.shifts,
        time_zone=settings.station.time_zone,
        port=settings.review.port,
        threads=settings.review.threads,
    )
