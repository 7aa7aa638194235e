"""What the station says: published packs, readings, recorded voices, and scenarios that workers
thought of.
"""

from __future__ import annotations

from kiosk.model.fact import Fact


class ScenarioProposed(Fact, frozen=True, tag="scenario.proposed"):
    """A worker described an accident that could happen at a post (事故假想), in the words of the
    station's short lists.

    `accident_type` is a code of the list `accident_list`; the digests are SHA-256 of the stored
    files, hex, empty without a photo.
    """

    proposal: str
    worker: str
    post: str
    accident_list: str
    accident_type: str
    where: str
    what: str
    photo: str = ""
    thumbnail: str = ""


class ScenarioEdited(Fact, frozen=True, tag="scenario.edited"):
    """A supervisor wrote the columns of Annex 1 for what was proposed; without an `accident_type`
    it is as proposed.
    """

    proposal: str
    by: str
    scene: str
    prevention: tuple[str, ...]
    response: tuple[str, ...]
    improvement: str = ""
    accident_type: str = ""


class ScenarioApproved(Fact, frozen=True, tag="scenario.approved"):
    """The main responsible person approved what was proposed, as it was last edited."""

    proposal: str
    by: str


class ScenarioRejected(Fact, frozen=True, tag="scenario.rejected"):
    """What was proposed is not taken over, and why.

    `cause` is the id of a reason of the short list, spoken to who proposed it; `reason` is what was
    written with it, shown only. Entries of before there was a list have a `reason` alone.
    """

    proposal: str
    by: str
    reason: str = ""
    cause: str = ""


class ScenarioTold(Fact, frozen=True, tag="scenario.told"):
    """Who proposed it was told at the station what became of it."""

    proposal: str
