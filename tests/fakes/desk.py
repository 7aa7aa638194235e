"""A supervisor's desk: the review pages over real HTTP, with a real journal, real photos and a real
command socket behind them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from msgspec.structs import replace

import devices
from kiosk.commands.protocol import Reply, send
from kiosk.commands.server import CommandServer
from kiosk.flow.door import Door
from kiosk.flow.inputs import AnyInput
from kiosk.flow.state import State
from kiosk.forms.printing import printed
from kiosk.forms.sheet import Sheet
from kiosk.journal.blobs import PHOTOS, Photos
from kiosk.journal.entries import Entry, Moment
from kiosk.journal.log import Journal
from kiosk.model.content import Part
from kiosk.model.people import Role, Roster, Worker
from kiosk.model.scenes import Decided
from kiosk.model.shifts import ShiftWindow
from kiosk.paths import Place
from kiosk.processes.wiring import commands_on, no_devices, publishing_of
from kiosk.records import facts as f
from kiosk.records.reader import Reading
from kiosk.records.scenarios.rows import ProposalRow
from kiosk.records.speech.recordings import RECORDINGS
from kiosk.station.content_reload import Renewal
from kiosk.station.render_plan import Speech
from kiosk.station.snapshot import Snapshot, Tally
from tests.fakes.content import SIGNATURE, a_door, a_worker
from tests.fakes.forms import a_source
from tests.fakes.hashing import CHEAP
from tests.fakes.running import settings
from tests.fakes.templates import quick
from ui.review.access.store import Access
from ui.review.app import create_app
from ui.review.forms.pages import Printing
from ui.review.server import make_server
from ui.review.settings import ReviewSettings
from ui.review.speech.pages import Group, Spoken
from ui.review.texts import load_review_texts
from ui.serving import served

CONFIG = Path(__file__).parent.parent.parent / "config"
TEXTS = CONFIG / "texts/review.toml"
SUPERVISOR, OTHER, PASSWORD = "S001", "S002", "right-password"
PEOPLE = (
    a_worker("A001", "press", crew="冲压班"),
    a_worker("A002", "welder", name="李四", crew="焊接班"),
    a_worker("A003", "press", name="赵六", crew="冲压班"),
    Worker(SUPERVISOR, "王五", role=Role.SUPERVISOR),
    Worker(OTHER, "孙七", role=Role.RESPONSIBLE),
)
Draw = Callable[[Sequence[Sheet]], bytes]
DAY = date(2026, 11, 24)
SHIFTS = (ShiftWindow("白班", time(6), time(18)), ShiftWindow("夜班", time(18), time(6)))


class Clock:
    """The wall clock of the desk and of the journal, turned by hand; begins at eight in the morning
    in China.
    """

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
        self.ok = True
        self._ticks = count(1)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, **by: float) -> None:
        self.now += timedelta(**by)

    def moment(self) -> Moment:
        at = self.now.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        return Moment(at, "boot-1", next(self._ticks) * 1_000_000, self.ok)


SENTENCES = (Group("", ("请刷工卡", "清卡料先停机")), Group("press", ("急停灵敏，确认！",)))


class DoorWithoutLoop:
    """The station as commands see it, with nobody at the door: what is to be done between inputs is
    done at once, one after the other.
    """

    def __init__(self, door: Door, voice: Path) -> None:
        self.door = door
        self.devices = no_devices()
        self.devices.voice = devices.open("voice", {"driver": "simulated", "cache_dir": str(voice)})
        self.speech: Speech | None = None
        self.when_changed: Callable[[], None] = lambda: None
        self._one_at_a_time = threading.Lock()

    def snapshot(self) -> Snapshot:
        return Snapshot(0, State(), 0.0, self.devices.states(), Tally())

    def handle(self, event: AnyInput) -> None:
        raise AssertionError(f"nobody is at this door: {event}")

    def in_loop(self, carry_out: Callable[[], Reply]) -> Reply:
        with self._one_at_a_time:
            return carry_out()


class Desk:
    """What a test does around the pages: workers go through checks, the station stops, the clock
    turns.
    """

    def __init__(
        self, folder: Path, door: Door | None = None, people: Sequence[Worker] = PEOPLE
    ) -> None:
        self.folder = folder
        self.clock = Clock()
        self.door = door or a_door()
        self.journal = Journal.open(folder, "desk-0001", self.clock.moment)
        self.photos = Photos.open(folder / PHOTOS)
        self.journal.change_roster(Roster(tuple(people)), lambda card: card.number)
        self.access = Access(
            folder / "review" / "review.db",
            now_s=lambda: self.clock.now.timestamp(),
            hasher=CHEAP,
        )
        self.access.set_password(SUPERVISOR, PASSWORD)
        self.access.set_password(OTHER, PASSWORD)
        self.url = ""
        self._reading = Reading.open(folder)
        self._socket = folder / "station.sock"
        self._commands: CommandServer | None = None
        self._numbers = count(1)
        self.start_station()

    def start_station(self) -> None:
        """Start listening for commands as the station does."""
        loop = DoorWithoutLoop(self.door, self.folder / "voice")
        told, place = settings(), Place(CONFIG, self.folder)
        publishing = publishing_of(told, place, self.door.packs, self.journal, self._reading)
        renewal = Renewal(self.door.packs, publishing.shelf)
        commands = commands_on(
            loop, told, place, self.journal, self._reading, self.photos, publishing, renewal
        )
        commands.speaking.renew()
        self._commands = CommandServer(self._socket, commands.obeying)

    def stop_station(self) -> None:
        """Nobody answers commands from now on."""
        if self._commands:
            self._commands.close()
            self._commands = None

    def close(self) -> None:
        self.stop_station()
        self._reading.close()
        self.journal.close()

    def record(self, *facts: f.AnyFact) -> tuple[Entry, ...]:
        return self.journal.append(facts)

    def proposal(self, proposal: str) -> ProposalRow:
        """Return a proposed scene as it stands in the journal."""
        row = self._reading.proposal(proposal)
        assert row
        return row

    def decided(self, worker: str) -> tuple[Decided, ...]:
        """Return what a worker is still to be told of."""
        return self._reading.decided(worker)

    def open_check(self, worker: str = "A001", on: date = DAY, post: str = "press") -> str:
        """Begin a check, as far as the post; return its id."""
        check = f"check-{next(self._numbers):04}"
        pack = self.door.pack_of(post)
        self.record(
            f.CheckOpened(check, worker, f"card-of-{worker}", on, "白班", 0),
            f.PostChosen(check, post, pack.id, pack.version, pack.digest),
        )
        return check

    def confirm(
        self,
        check: str,
        part: Part,
        answer: f.Answer = f.Answer.OK,
        reason: str = "",
        faults: tuple[str, ...] = (),
        photo: bytes | None = None,
        thumbnail: bytes | None = None,
    ) -> str:
        """Make a confirmation with a photo of its own; return the photo's digest."""
        picture = photo or f"photo of {check} {part}".encode()
        digest = self.photos.store(picture)
        small = self.photos.store(thumbnail or b"thumbnail: " + picture)
        lines = self.door.packs[0].lines.texts(part)
        self.record(f.PhotoTaken(check, part, digest, small, 1, faults))
        self.record(f.ConfirmationMade(check, part, answer, lines, digest, reason))
        return digest

    def close_check(
        self, check: str, outcome: f.Outcome = f.Outcome.PASSED, reasons: tuple[str, ...] = ()
    ) -> None:
        self.record(
            f.CheckSigned(check, "commitment", SIGNATURE), f.CheckClosed(check, outcome, reasons)
        )

    def a_check(
        self,
        worker: str = "A001",
        outcome: f.Outcome = f.Outcome.PASSED,
        reasons: tuple[str, ...] = (),
        on: date = DAY,
        post: str = "press",
        photo: Callable[[Part], bytes] | None = None,
    ) -> str:
        """Record a whole check of 83 seconds; return its id."""
        check = self.open_check(worker, on, post)
        self.record(f.QuestionAnswered(check, self.door.question(post, 0).id, 1, True))
        for step in self.door.posts[post].drill.steps:
            self.record(f.StepCalled(check, "start", step.id, 5200))
        for part in Part:
            self.confirm(check, part, photo=photo(part) if photo else None)
        self.clock.turn(seconds=83)
        self.close_check(check, outcome, reasons)
        return check

    def reading(self) -> Reading:
        """Open the journal for reading."""
        return Reading.open(self.folder)

    def reviews(self, check: str) -> list[tuple[str, f.Verdict, str, str]]:
        """Return the verdicts on record: by whom, what, comment, photo."""
        detail = self._reading.check(check)
        assert detail is not None
        return [
            (review.by_worker, review.verdict, review.comment, review.photo)
            for review in detail.reviews
        ]

    @contextmanager
    def serve(self, draw: Draw = printed, **changes: object) -> Iterator[str]:
        """Serve the pages and yield their address.

        `draw` prints forms; `changes` replace settings.
        """
        settings = replace(ReviewSettings("一号车间东门", SHIFTS), **changes)
        app = quick(
            create_app(
                lambda: Reading.open(self.folder),
                self.photos,
                self.access,
                lambda command: send(self._socket, command, timeout_s=35),
                self.door,
                load_review_texts(TEXTS),
                settings,
                Printing(a_source(self.door), draw=draw),
                Spoken(lambda: SENTENCES, Photos(self.folder / RECORDINGS)),
                self.clock,
            )
        )
        with served(make_server(app, 0, 4)) as port:
            self.url = f"http://127.0.0.1:{port}"
            yield self.url


@contextmanager
def a_desk(folder: Path, door: Door | None = None, **changes: Any) -> Iterator[Desk]:
    """Open a desk with its pages served."""
    with ExitStack() as stack:
        desk = Desk(folder, door)
        stack.callback(desk.close)
        stack.enter_context(desk.serve(**changes))
        yield desk
