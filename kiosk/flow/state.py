"""Where the door stands: the stage it is in, and the check that is open."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import msgspec

from kiosk.flow.crew_members import Crew
from kiosk.flow.stages import AnySide, AnyStage, Waiting
from kiosk.model.content import Part
from kiosk.model.drills import StepId
from kiosk.model.levels import DrillLevel
from kiosk.model.outcome import Outcome
from kiosk.model.people import Worker
from kiosk.model.scenes import Decided
from kiosk.model.training import Attempt
from kiosk.records.checks.facts import ConfirmationMade, PermitShown, PhotoTaken


class Check(msgspec.Struct, frozen=True):
    """What is recorded of an open check so far; a fold of its facts (`kiosk.flow.record`)."""

    id: str
    worker: str
    card: str
    draw: int
    on: date
    """The day of the shift."""
    post: str = ""
    level: DrillLevel = DrillLevel.FOLLOW
    question: str = ""
    works: tuple[str, ...] | None = None
    """Today's hazardous works; None while they are still being chosen."""
    choice: tuple[str, ...] = ()
    """The works that are ticked when choosing starts over, after one of them was refused."""
    refused: tuple[str, ...] = ()
    """The works that were refused on their permit, in this order."""
    permits: dict[str, PermitShown] = {}
    """The permits that hold, by work."""
    knows: bool = False
    """Whether today's question was answered rightly."""
    steps: tuple[StepId, ...] = ()
    """The steps that were called."""
    photos: dict[Part, PhotoTaken] = {}
    missed: dict[Part, str] = {}
    """The parts for which the camera last gave nothing, and why."""
    attempts: dict[Part, int] = {}
    """How often the camera was asked, photos missed included."""
    confirmations: tuple[ConfirmationMade, ...] = ()
    abnormal: str = ""
    """The reason of closing at once: `abnormal:<at>:<reason>` or `stop_work:<reason>`."""
    signed: bool = False
    outcome: Outcome | None = None
    reasons: tuple[str, ...] = ()
    crew: Crew | None = None
    """Who takes part, when it is the check of a whole crew; `worker` and `card` are then the
    leader's.
    """

    @property
    def confirmed(self) -> frozenset[Part]:
        """Return the parts that have an answer."""
        return frozenset(confirmation.part for confirmation in self.confirmations)


NEWS = ("proposal_dropped", "proposal_decided")
"""Notices for who comes next, not about what was touched: they stay as long as their screen."""


class WallClock(msgspec.Struct, frozen=True):
    """What the clock on the wall of the place showed at a moment of the monotonic clock."""

    showed: datetime
    at_s: float

    def at(self, at_s: float) -> datetime:
        """Return what it shows at another moment, without its time zone: as people write it."""
        # By the monotonic clock: NTP may step the wall clock in the middle of a check.
        return self.showed.replace(tzinfo=None) + timedelta(seconds=at_s - self.at_s)


class State(msgspec.Struct, frozen=True):
    """The whole door.

    `turn` grows with every change, so that a touch on an older screen is recognised.
    """

    turn: int = 0
    stage: AnyStage = Waiting()
    side: AnySide | None = None
    """What lies over the stage, and leaves it as it is."""
    check: Check | None = None
    worker: Worker | None = None
    people: dict[str, Worker] = {}
    """The people of the crew at the door, by id: who is expected and who came."""
    wall: WallClock | None = None
    """From the newest card (or the start after a crash) on."""
    attempts: tuple[Attempt, ...] = ()
    """The earlier checks of the worker, oldest first."""
    active_s: float = 0.0
    """When somebody last did something."""
    warned: bool = False
    notice: str = ""
    """The key of one sentence about the last input, such as "too_soon"; empty mostly."""
    noticed_s: float = 0.0
    """When the notice was given."""
    decided: Decided | None = None
    """What the notice "proposal_decided" is about."""

    @property
    def today(self) -> date | None:
        """Return the day on which the worker came: a check that lasts beyond midnight is still of
        that day.
        """
        return self.wall.showed.date() if self.wall else None
