"""The stages that only the check of a crew has; between gathering and signing off it goes through
those of any check.
"""

from __future__ import annotations

from kiosk.flow.inputs import CardRead
from kiosk.flow.stage import Stage
from kiosk.model.outcome import Outcome


class OfferingCrew(Stage, frozen=True, kw_only=True, tag="offering_crew"):
    """A leader's card was presented: alone, or the whole crew?

    With `posts`, for which of them the crew is checked.
    """

    read: CardRead
    posts: tuple[str, ...] = ()


class Gathering(Stage, frozen=True, kw_only=True, tag="gathering"):
    """Members present their cards.

    `told` is the newest left out, as long as nothing else happened since.
    """

    told: str = ""
    """The card of the person who was left out just now."""
    refusals: int = 0
    """How many were told so: each time it is said aloud."""


class SigningOff(Stage, frozen=True, tag="signing_off"):
    """Everything is confirmed: each member presents the card again, or signs."""


class PickingSigner(Stage, frozen=True, kw_only=True, tag="picking_signer"):
    """Somebody wants to sign with a finger: who? `closes_s` is when signing off ends for all."""

    closes_s: float


class SigningMember(Stage, frozen=True, kw_only=True, tag="signing_member"):
    """A member signs with a finger; `closes_s` as before."""

    member: str
    closes_s: float


class EndingCrew(Stage, frozen=True, kw_only=True, tag="ending_crew"):
    """Somebody does not want to wait for those who have not signed: really?"""

    closes_s: float


class CrewEnded(Stage, frozen=True, kw_only=True, tag="crew_ended"):
    """The crew's check has ended and is recorded."""

    check: str
    outcome: Outcome
    reasons: tuple[str, ...] = ()


OfCrew = (
    OfferingCrew | Gathering | SigningOff | PickingSigner | SigningMember | EndingCrew | CrewEnded
)
Awaiting = Gathering | SigningOff | PickingSigner | SigningMember | EndingCrew
"""The stages in which the whole crew is waited for: they end at a time of their own, not when
nobody touches the screen.
"""
