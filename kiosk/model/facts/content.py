"""What the station says: published packs, readings, recorded voices, and scenarios that workers thought of."""

from __future__ import annotations

from kiosk.model.facts.base import Fact


class PackPublished(Fact, frozen=True, tag="pack.published"):
    """This version of a pack is in use from now on, as `by` decided (empty in old facts)."""

    pack: str
    version: str
    digest: str
    by: str = ""


class PackWithdrawn(Fact, frozen=True, tag="pack.withdrawn"):
    """A pack of the factory's own, last in this version, is out of use, as `by` decided, until a version is published again."""

    pack: str
    version: str
    by: str


class ReadingSet(Fact, frozen=True, tag="reading.set"):
    """The voice reads this word so from now on (toned syllables, one a character); without sounds, as the product does."""

    word: str
    sounds: tuple[str, ...]
    by: str


class RecordingKept(Fact, frozen=True, tag="recording.kept"):
    """A sentence is played in a person's own voice from now on. The sound itself, SHA-256 hex, never leaves the station."""

    text: str
    recording: str
    by: str


class RecordingRemoved(Fact, frozen=True, tag="recording.removed"):
    """A sentence is spoken by the synthesiser again; the recording is deleted."""

    text: str
    by: str


class ScenarioProposed(Fact, frozen=True, tag="scenario.proposed"):
    """A worker told of an accident that could happen at a post (事故假想), in the words of the station's short lists.

    `accident_type` is a code of the list `accident_list`; the digests are SHA-256 of the stored files, hex, empty without a photo.
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
    """A supervisor wrote the columns of Annex 1 for what was proposed; without an `accident_type` it is as proposed."""

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

    `cause` is the id of a reason of the short list, spoken to who proposed it; `reason` is what was written beside it, shown only.
    Entries of before there was a list have a `reason` alone.
    """

    proposal: str
    by: str
    reason: str = ""
    cause: str = ""


class ScenarioTold(Fact, frozen=True, tag="scenario.told"):
    """Who proposed it was told at the station what became of it."""

    proposal: str
