"""A crew checked together (全班一起): who gathered, who was left out, who signed."""

from __future__ import annotations

import enum
from datetime import date

from kiosk.model.fact import Fact
from kiosk.model.outcome import Outcome


class SignedBy(enum.StrEnum):
    """How a member of a crew stood up for the check: with the card, or with a finger."""

    CARD = "card"
    STROKES = "strokes"


class CrewOpened(Fact, frozen=True, tag="crew.opened"):
    """A leader began a check of a whole crew (全班) for a post.

    `draw` chooses the question, and who is checked alone.

    `stale` says that the content was past its review date. What is recorded of the check from here
    on stands for each of its members, who have checks of their own (`member.joined`).
    """

    check: str
    leader: str
    card: str
    crew: str
    shift_on: date
    shift: str
    draw: int
    post: str
    pack: str
    pack_version: str
    pack_digest: str = ""
    stale: bool = False


class MemberJoined(Fact, frozen=True, tag="member.joined"):
    """A worker's card was presented while the crew gathered: a check of their own begins, as part
    of the crew's.
    """

    check: str
    member_check: str
    worker: str
    card: str
    shift_on: date
    shift: str
    post: str
    post_title: str = ""
    """As in `PostChosen`."""


class MemberLeftOut(Fact, frozen=True, tag="member.left_out"):
    """A card was presented while the crew gathered, and its holder does not take part.

    `reasons` are `ground` or `ground:about`.
    """

    check: str
    card: str
    reasons: tuple[str, ...]
    worker: str = ""


class CrewGathered(Fact, frozen=True, tag="crew.gathered"):
    """The crew is complete; nobody joins any more.

    `drawn` is the check of the member who was drawn to be checked alone.
    """

    check: str
    drawn: str = ""


class MemberSigned(Fact, frozen=True, tag="member.signed"):
    """A member signed the commitment at the end of the crew's check; strokes as in
    `check.signed`.
    """

    check: str
    member_check: str
    commitment: str
    by: SignedBy
    strokes: tuple[tuple[int, ...], ...] = ()


class CrewClosed(Fact, frozen=True, tag="crew.closed"):
    """The crew's check ended; how it ended for each member, their own `check.closed` say."""

    check: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()
