"""What the door asks of the world, as plain data.

There are only two: to record and to take a photo, of a confirmation or of a scene that somebody
reports. What is shown, said and lit is not an effect but a function of the state
(`kiosk.flow.signal`, `ui.touch`), so it can never disagree with what is recorded, and a restart
shows the same again.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from kiosk.model.content import Part
from kiosk.records.facts import AnyFact


class Record(msgspec.Struct, frozen=True):
    """Append these facts, all or none; only then does the new state hold."""

    facts: tuple[AnyFact, ...]


class TakePhoto(msgspec.Struct, frozen=True):
    """Take the photo of this confirmation and answer with PhotoArrived or PhotoFailed.

    `worker` and `post` (their ids) are for the words in the picture, which is this check's even
    when the door has gone on.
    """

    check: str
    part: Part
    attempt: int
    worker: str
    post: str


class TakeScenePhoto(msgspec.Struct, frozen=True):
    """Take the photo that goes with a proposed scene (事故假想) and answer likewise; it is never
    that of a confirmation.
    """

    proposal: str
    attempt: int
    worker: str
    post: str
    part: Literal["scene"] = "scene"


AnyPhoto = TakePhoto | TakeScenePhoto
Effect = Record | AnyPhoto
