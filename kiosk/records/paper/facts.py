"""What supervisors record afterwards: verdicts, and paper forms entered later (补录) and corrected
(更正).
"""

from __future__ import annotations

import enum
from datetime import date

import msgspec

from kiosk.model.content import Part
from kiosk.model.fact import Fact
from kiosk.model.outcome import Answer


class PaperCause(enum.StrEnum):
    """Why a check was made on paper: 停电, 班前站故障, 网页打不开, 作业点离站太远."""

    POWER = "power"
    BROKEN = "broken"
    NETWORK = "network"
    MOVED = "moved"


class PaperAnswer(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What a paper form says to one of the four confirmations; `reason` is the id of why it is not
    符合.
    """

    part: Part
    answer: Answer
    reason: str = ""


class PaperEntered(Fact, frozen=True, tag="paper.entered"):
    """A supervisor entered what a paper form of 一备三查 says (补录): `by` of whom, signed on paper
    by `signed_by`, filed at `kept_at`.

    It is never a check: it lets nobody in, counts nowhere, and changes no check. `photo` and
    `thumbnail` are the digests of a picture of the paper itself; empty when none was sent, and in
    old entries.
    """

    paper: str
    by: str
    worker: str
    post: str
    works: tuple[str, ...]
    shift_on: date
    shift: str
    answers: tuple[PaperAnswer, ...]
    signed_by: str
    cause: PaperCause
    kept_at: str
    photo: str = ""
    thumbnail: str = ""


class PaperCorrected(PaperEntered, frozen=True, kw_only=True, tag="paper.corrected"):
    """What a paper form says after all (更正): replaces the entered form `corrects`, which stays on
    record.

    `paper` is an id of its own, `by` the person who corrected it; `why` says what was wrong.
    """

    corrects: str
    why: str
