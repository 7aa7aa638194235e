"""A journal in memory: real facts in really sealed entries, and photos by digest."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from kiosk.journal.entries import Entry, Moment, genesis, seal
from kiosk.model.content import Part
from kiosk.model.outcome import Answer, Outcome
from kiosk.records.checks.facts import (
    CheckClosed,
    CheckOpened,
    CheckSigned,
    ConfirmationMade,
    PhotoTaken,
    PostChosen,
    QuestionAnswered,
    StepCalled,
)
from kiosk.records.facts import AnyFact
from sync.identity import Identity

BEGAN = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)


class FakeSource:
    """A station's journal that grows when told to. `picture` makes the bytes of a photo from what it shows."""

    def __init__(self, station: str) -> None:
        self.station = station
        self.journal: list[Entry] = []
        self.files: dict[str, bytes] = {}
        self.picture: Callable[[str], bytes] = lambda shows: (shows * 40).encode()

    def head(self) -> tuple[int, str]:
        if not self.journal:
            return 0, genesis(self.station)
        return self.journal[-1].seq, self.journal[-1].hash

    def entries(self, after: int, limit: int) -> list[Entry]:
        return self.journal[after : after + limit]

    def photo(self, digest: str) -> bytes | None:
        return self.files.get(digest)

    def forged(self, checks: int) -> FakeSource:
        """Give another journal of the same station, whose first check is somebody else's."""
        forgery = FakeSource(self.station)
        forgery.check(worker="w-li-si")
        for _ in range(checks - 1):
            forgery.check()
        return forgery

    def record(self, fact: AnyFact) -> Entry:
        """Append one fact."""
        seq, prev = self.head()
        at = BEGAN + timedelta(seconds=seq)
        moment = Moment(at.isoformat(timespec="milliseconds").replace("+00:00", "Z"), "boot-1", seq, True)
        entry = seal(seq + 1, f"id-{seq + 1}", moment, fact, prev)
        self.journal.append(entry)
        return entry

    def keep(self, photo: bytes) -> str:
        """Store a photo and give its digest."""
        digest = hashlib.sha256(photo).hexdigest()
        self.files[digest] = photo
        return digest

    def check(self, worker: str = "w-zhang-san", outcome: Outcome = Outcome.PASSED) -> str:
        """Record a whole check, 14 entries and 8 files, and give its id."""
        check = f"check-{len(self.journal) + 1}"
        self.record(CheckOpened(check, worker, "card", date(2026, 11, 24), "白班", 7))
        self.record(PostChosen(check, "welder", "pack", "1"))
        self.record(QuestionAnswered(check, "q-risk", 1, True))
        self.record(StepCalled(check, "drill", "step-1", 5400))
        for part in Part:
            photo = self.keep(self.picture(f"photo of {check} {part}"))
            thumbnail = self.keep(self.picture(f"thumbnail of {check} {part}"))
            self.record(PhotoTaken(check, part, photo, thumbnail, 1))
            self.record(ConfirmationMade(check, part, Answer.OK, ("第一项", "第二项"), photo))
        self.record(CheckSigned(check, "我承诺", ((100, 200, 0, 300, 180, 90),)))
        self.record(CheckClosed(check, outcome))
        return check

    def sign_head(self, identity: Identity) -> Entry:
        """Record the head with the station's signature."""
        return self.record(identity.sign_head(*self.head()))
