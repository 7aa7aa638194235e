"""A crew at the door: who belongs to it, and what brings its check to where a test begins."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec.structs import replace

from kiosk.flow import touches as t
from kiosk.flow.crew_members import Crew
from kiosk.flow.crew_stages import Gathering, OfferingCrew, SigningOff
from kiosk.flow.door import CrewRules, Door
from kiosk.model.people import Role, Worker
from tests.fakes.visit import Visit

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"


def a_crew(size: int = 8, *posts: str, **changes: object) -> tuple[Worker, ...]:
    """Return people of one crew with names like 赵一; the first leads it."""
    every = [
        Worker(
            f"C{number:03}",
            f"{SURNAMES[number % 30]}{'一二三四五六七八九十'[number % 10]}",
            "冲压班",
            posts=posts or ("press",),
        )
        for number in range(size)
    ]
    return tuple(
        replace(each, role=Role.WORKER if index else Role.LEADER, **changes)
        for index, each in enumerate(every)
    )


def with_crews(door: Door, **changes: object) -> Door:
    """Return the door that offers a leader to check the whole crew."""
    return replace(door, crew=CrewRules(**{"offered": True, **changes}))  # type: ignore[arg-type]


class CrewVisit(Visit):
    """A crew in front of the door; `people` begins with the leader."""

    def __init__(self, door: Door, people: Sequence[Worker]) -> None:
        super().__init__(door)
        self.people = tuple(people)

    @property
    def crew(self) -> Crew:
        assert self.state.check
        assert self.state.check.crew
        return self.state.check.crew

    def open(self, draw: int = 0) -> None:
        """Open the check of the whole crew as its leader."""
        self.badge(self.people[0], crew=self.people, draw=draw)
        assert isinstance(self.state.stage, OfferingCrew)
        self.touch(t.Together())

    def gather(self, *people: Worker, draw: int = 0) -> None:
        """Open it as the leader and have these people come; everybody, when none are named."""
        self.open(draw)
        assert isinstance(self.state.stage, Gathering)
        for worker in people or self.people[1:]:
            self.badge(worker)

    def begin(self, draw: int = 0) -> None:
        """Gather everybody and begin."""
        self.gather(draw=draw)
        self.touch(t.Go())

    def drill(self, draw: int = 0) -> None:
        """Go through everything as the crew until it is to sign."""
        self.begin(draw)
        self.until(SigningOff)

    def until(self, *stages: type, after: Callable[[], None] | None = None) -> None:
        """Go on as good people do; `after` is what they do when it is to be signed."""
        if after is not None:
            super().until(SigningOff)
            after()
        super().until(*stages)

    @property
    def due(self) -> tuple[Worker, ...]:
        """Return the people who have still to sign."""
        due = {member.worker for member in self.crew.due}
        return tuple(worker for worker in self.people if worker.id in due)

    def sign_off(self) -> None:
        """Present the card again for each who has not signed."""
        for worker in self.due:
            self.badge(worker)
