"""`kiosk sync`: have the head signed, then copy to the county what it lacks, with a bar that says
how far.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from kiosk.commands.protocol import Declined, StationDownError, send
from kiosk.journal.blobs import Photos
from kiosk.journal.entries import Entry
from kiosk.paths import Place
from kiosk.processes.ending import stop_on_signals
from kiosk.processes.telling import tell
from kiosk.records.reader import Reading
from kiosk.records.station.commands import SignHead
from kiosk.settings import Settings
from sync.identity import open_identity
from sync.link import Link, LinkSettings
from sync.outcomes import End, Events, Outcome
from sync.progress import Progress as Standing
from sync.uploader import drain, drain_for

_TRY_LATER = 75
"""EX_TEMPFAIL of sysexits.h: it may work later."""
_STATUS = {End.DONE: 0, End.STOPPED: 0, End.TRY_AGAIN: _TRY_LATER, End.GAVE_UP: 1}
"""Exit statuses."""
_ENDS = {
    End.DONE: "完成",
    End.STOPPED: "已停下",
    End.TRY_AGAIN: "下次再报",
    End.GAVE_UP: "没有报成",
}


class JournalSource:
    """The station's journal and photos, as `sync.source.Source`."""

    def __init__(self, reading: Reading, photos: Path) -> None:
        self._reading = reading
        self._photos = photos

    def head(self) -> tuple[int, str]:
        """Return number and hash of the last entry."""
        head = self._reading.head()
        return head.seq, head.hash

    def entries(self, after: int, limit: int) -> list[Entry]:
        """Return entries that follow number `after`."""
        return self._reading.entries(after, limit)

    def photo(self, digest: str) -> bytes | None:
        """Return a photo's bytes; None when the station does not have it."""
        path = Photos(self._photos).path(digest)
        return path.read_bytes() if path else None


def sync_now(settings: Settings, place: Place, window_s: float, county: str | None = None) -> int:
    """Sync once, or for `window_s` seconds as often as needed, with the county of the settings or
    another; return the exit status.

    Without a county the head is signed all the same: every signature holds the journal to what it
    was that night.
    """
    if county:
        settings = replace(settings, county=replace(settings.county, url=county))
    if not settings.county.url:
        signed = sign_head(place)
        tell("没有设置县级系统地址（[county] url），不上报", err=True)
        return 0 if signed else _TRY_LATER
    stop = threading.Event()
    stop_on_signals(stop.set)
    with _bar(Console(stderr=True)) as bar:
        outcome = synced(settings, place, bar, window_s, stop)
    tell(report(outcome), err=True)
    return _STATUS[outcome.end]


def synced(
    settings: Settings, place: Place, bar: Progress, window_s: float, stop: threading.Event
) -> Outcome:
    """Copy what the county lacks; the bar shows each kind of thing that is counted."""
    tasks: dict[str, object] = {}

    def moved(done: int, total: int, what: str) -> None:
        if what not in tasks:
            tasks[what] = bar.add_task(what, total=total)
        bar.update(tasks[what], completed=done, total=total)  # type: ignore[arg-type]

    def sign() -> None:
        sign_head(place)

    events = Events(moved=moved, stop=stop, sign_head=sign)
    link_settings = LinkSettings(settings.county.url, answer_s=settings.county.timeout_s)
    with (
        Reading.open(place.data) as reading,
        Link(link_settings, open_identity(place.data, settings.station.id)) as link,
        Standing.open(place.data, link.url) as standing,
    ):
        source = JournalSource(reading, place.data / "photos")
        if window_s:
            return drain_for(window_s, source, link, standing, events)
        return drain(source, link, standing, events)


def sign_head(place: Place) -> bool:
    """Ask the running station to sign its head, and print why when it did not; a county gets what
    is on the disk all the same.
    """
    try:
        reply = send(place.commands, SignHead())
    except StationDownError:
        reply = Declined("站点没有运行")
    if isinstance(reply, Declined):
        tell(f"链头未签名：{reply.reason}", err=True)
    return not isinstance(reply, Declined)


def report(outcome: Outcome) -> str:
    """Return how it went in one line."""
    sent = f"上报 {outcome.entries_sent} 条记录、{outcome.photos_sent} 个照片文件"
    held = f"，县级系统已有 {outcome.held.seq} 条" if outcome.held else ""
    troubles = "".join(f"\n照片 {trouble}" for trouble in outcome.photo_troubles)
    why = f"：{outcome.why}" if outcome.why else ""
    return f"{sent}{held}（{_ENDS[outcome.end]}{why}）{troubles}"


def silent_bar() -> Progress:
    """Return a bar that nobody sees."""
    return Progress(disable=True)


@contextmanager
def _bar(console: Console) -> Iterator[Progress]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        yield bar
