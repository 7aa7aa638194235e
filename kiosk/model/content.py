"""What a station says: posts with their drills, questions and scenarios, works, and the lines of
一备三查.

The shapes here are the pack format: a pack is a folder of TOML files that decode into these
structs. Identifiers are ASCII (`[a-z0-9-]+`), everything a person reads or hears is Chinese text.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, TypeVar

import msgspec

Id = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Sentence = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
"""One line on the screen and one breath or two of speech."""
Kind = Annotated[str, msgspec.Meta(min_length=1, max_length=24)]
"""The kind of a certificate, as printed on it."""
Fraction = Annotated[float, msgspec.Meta(ge=0, le=1)]
Dwell = Annotated[float, msgspec.Meta(ge=0, le=60)]
Phone = Annotated[str, msgspec.Meta(pattern=r"^[0-9 -]*$", max_length=20)]


class Part(enum.StrEnum):
    """The four confirmations of 一备三查, in the order of Annex 2 of 豫应急办〔2023〕33号."""

    PREPARATION = "preparation"
    SKILLS = "skills"
    TOOLS = "tools"
    SURROUNDINGS = "surroundings"


class Family(enum.StrEnum):
    """The four families of 应知应会 questions: the risk, its measure, how to look, and what if out
    of control.
    """

    RISK = "risk"
    MEASURE = "measure"
    INSPECTION = "inspection"
    RESPONSE = "response"


class Sign(enum.StrEnum):
    """What one sees when something has happened: the eight tiles of 应急, in their order."""

    BLEEDING = "bleeding"
    CAUGHT = "caught"
    ELECTRIC = "electric"
    FIRE = "fire"
    BURN = "burn"
    POISON = "poison"
    STRUCK = "struck"
    VEHICLE = "vehicle"


class Basis(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a statement comes from.

    Without a `standard`, the enterprise's own procedure decides (以企业操作规程为准).
    """

    standard: str = ""
    clause: str = ""
    note: str = ""


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The spot to point at, in a photo of the pack: centre and radius as fractions of the photo's
    width and height.
    """

    photo: str
    x: Fraction
    y: Fraction
    radius: Annotated[float, msgspec.Meta(ge=0.04, le=0.5)] = 0.12

    def holds(self, x: float, y: float) -> bool:
        """Return whether the point (fractions of the photo) lies on the target."""
        return math.hypot(x - self.x, y - self.y) <= self.radius


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a drill with its four beats: think 想, look 看, point 指, call 述."""

    id: Id
    think: Sentence
    look: Sentence
    point: Sentence
    call: Sentence
    dwell_s: Dwell | None = None
    """The least time this step is shown; the station's own when absent."""
    target: Target | None = None
    basis: tuple[Basis, ...] = ()
    accident_types: tuple[str, ...] = ()
    """What the step prevents; none named: nothing is claimed."""
    always: bool = False
    """Whether 考核 asks for it each time, whatever else is drawn: lock-out, guard, gas."""


class Drill(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A procedure of a post (手指口述), such as the start of the shift."""

    id: Id
    title: Sentence
    steps: Annotated[tuple[Step, ...], msgspec.Meta(min_length=1, max_length=20)]


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question of 应知应会; `answer` is the index of the right choice."""

    id: Id
    family: Family
    text: Sentence
    choices: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=2, max_length=4)]
    answer: Annotated[int, msgspec.Meta(ge=0, le=3)]
    basis: tuple[Basis, ...] = ()


class Scenario(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of Annex 1 (事故假想); accident types are codes of a named list, such as "5" of
    "notice-20".
    """

    id: Id
    accident_types: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    scene: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    prevention: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1)]
    response: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1)]
    improvement: Annotated[str, msgspec.Meta(max_length=120)] = ""
    basis: tuple[Basis, ...] = ()


class EmergencyCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to do now (应急处置卡): ordered actions, the first three are read aloud first.

    Of several cards with one sign, the tile opens the one of the highest precedence; the others are
    one touch away.
    """

    id: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    actions: Annotated[tuple[Sentence, ...], msgspec.Meta(min_length=1, max_length=8)]
    phone: Phone = ""
    basis: tuple[Basis, ...] = ()
    sign: Sign | None = None
    accident_types: tuple[str, ...] = ()
    precedence: Annotated[int, msgspec.Meta(ge=0, le=9)] = 0
    """How dangerous it is to follow another card instead: dust burning stands before fire."""


class SameLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What several check lines say in different words; a line names it in `same_as`."""

    id: Id
    about: Annotated[str, msgspec.Meta(min_length=1, max_length=24)]
    """What it is about, for the person who writes lines."""


class Line(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A check line with what is known of it; in TOML a table, or a plain string for its text
    alone.
    """

    text: Sentence
    same_as: Id | None = None
    """The id of a `SameLine` of the pack: of several lines with one, one is asked."""
    accident_types: tuple[str, ...] = ()


class Lines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Check lines for the four confirmations."""

    preparation: tuple[Line | Sentence, ...] = ()
    skills: tuple[Line | Sentence, ...] = ()
    tools: tuple[Line | Sentence, ...] = ()
    surroundings: tuple[Line | Sentence, ...] = ()

    def of(self, part: Part) -> tuple[Line, ...]:
        """Return the lines of one confirmation."""
        written: tuple[Line | str, ...] = getattr(self, part.value)
        return tuple(line if isinstance(line, Line) else Line(line) for line in written)

    def texts(self, part: Part) -> tuple[str, ...]:
        """Return what the lines of one confirmation say."""
        return tuple(line.text for line in self.of(part))


class Post(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A post (岗位) in full. `certificates` are the kinds a worker must hold to stand at it.

    What has no basis of its own stands on the post's.
    """

    id: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    drill: Drill
    questions: Annotated[tuple[Question, ...], msgspec.Meta(min_length=1)]
    scenarios: Annotated[tuple[Scenario, ...], msgspec.Meta(min_length=1)]
    emergency: Annotated[tuple[EmergencyCard, ...], msgspec.Meta(min_length=1)]
    certificates: tuple[Kind, ...] = ()
    accident_types: tuple[str, ...] = ()
    inspection: tuple[Sentence, ...] = ()
    """What to look for at this post (Annex 1, 防范检查要求)."""
    lines: Lines = Lines()
    more_drills: tuple[Drill, ...] = ()
    """Procedures other than the start of the shift: 收工, 调模, 卡料 …"""
    basis: tuple[Basis, ...] = ()


class Limit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Between what a measured value must lie before a work begins, such as 氧 in %VOL."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    unit: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    at_least: float | None = None
    at_most: float | None = None
    basis: tuple[Basis, ...] = ()

    @property
    def allowed(self) -> str:
        """Return the values that are allowed, such as "19.5～23.5 %VOL"."""
        bounds = [f"{bound:g}" for bound in (self.at_least, self.at_most) if bound is not None]
        sign = "" if len(bounds) > 1 else "≤" if self.at_least is None else "≥"
        return f"{sign}{'～'.join(bounds)} {self.unit}"


class Work(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A hazardous work (危险作业) with its content of Annex 2."""

    id: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=12)]
    accident_types: Annotated[tuple[str, ...], msgspec.Meta(min_length=1)]
    scene: Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
    lines: Lines
    certificates: tuple[Kind, ...] = ()
    basis: tuple[Basis, ...] = ()
    emergency: tuple[EmergencyCard, ...] = ()
    drill: Id | None = None
    """The drill that is run when the work is chosen: of the worker's own post (`more_drills`) if it
    has one of this id, else of `drills`.
    """
    drills: tuple[Drill, ...] = ()
    limits: tuple[Limit, ...] = ()
    """Of the gases and the like that are measured before."""


Item = TypeVar("Item", Post, Work)


class Pack(msgspec.Struct, frozen=True):
    """Versioned content with its provenance, legal basis and dates (内容包)."""

    id: str
    title: str
    version: str
    effective_on: date
    review_on: date
    provenance: str
    accident_list: str
    """The named list version that the pack's accident types are codes of."""
    basis: tuple[Basis, ...]
    lines: Lines
    """The general lines of 一备三查, for every post."""
    posts: tuple[Post, ...]
    works: tuple[Work, ...]
    emergency: tuple[EmergencyCard, ...] = ()
    """General cards, for where no post and no work has one with that sign."""
    same_lines: tuple[SameLine, ...] = ()
    work_order: tuple[str, ...] = ()
    """Works in the order in which they are offered; what is not named comes after."""
    withheld_posts: frozenset[str] = frozenset()
    """Posts that this factory does not have: not offered, and still there to name what records
    speak of.
    """
    withheld_works: frozenset[str] = frozenset()
    digest: str = ""
    """SHA-256 over the pack's files, as hex."""
    folder: str = ""
    """Where its files lie; empty for a pack that was not read from any."""

    def post(self, post_id: str) -> Post | None:
        """Find a post by its id."""
        return next((post for post in self.posts if post.id == post_id), None)

    def work(self, work_id: str) -> Work | None:
        """Find a hazardous work by its id."""
        return next((work for work in self.works if work.id == work_id), None)

    def stale(self, today: date) -> bool:
        """Return whether the pack is past its review date (it still works, but says so)."""
        return today > self.review_on


def in_order(items: Iterable[Item], ids: Sequence[str]) -> tuple[Item, ...]:
    """Return posts or works in the order of `ids`; those not named come after, as they were."""
    places = {each: place for place, each in enumerate(dict.fromkeys(ids))}
    return tuple(sorted(items, key=lambda item: places.get(item.id, len(places))))


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A short reason to choose by touch.

    `parts` are the confirmations that it fits; none named: all.
    """

    id: Id
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=14)]
    parts: tuple[Part, ...] = ()


def reason_of(reasons: tuple[Reason, ...], reason_id: str) -> Reason | None:
    """Find a reason in a list by its id."""
    return next((reason for reason in reasons if reason.id == reason_id), None)


def fitting(reasons: tuple[Reason, ...], part: Part) -> tuple[Reason, ...]:
    """Return the reasons that make sense at a confirmation, in their order."""
    return tuple(reason for reason in reasons if not reason.parts or part in reason.parts)


class Reasons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The short lists a worker or supervisor chooses from."""

    not_ok: tuple[Reason, ...]
    not_applicable: tuple[Reason, ...]
    abnormal: tuple[Reason, ...]
    stop_work: tuple[Reason, ...]
    release: tuple[Reason, ...]
    not_adopted: tuple[Reason, ...]
    """Why a scene that a worker proposed (事故假想) is not taken over."""
