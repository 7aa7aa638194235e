"""What a supervisor may ask the station to record of a paper form (补录)."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import msgspec

from kiosk.model.content import Id
from kiosk.records.paper.facts import PaperAnswer, PaperCause

Kept = Annotated[str, msgspec.Meta(max_length=40)]
Why = Annotated[str, msgspec.Meta(max_length=60)]
Digest = Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")]
MOST_DAYS = 31
"""A paper form older than this is no longer entered."""


class RecordPaperCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="record_paper_check"):
    """Record what a paper form of 一备三查 says. `by` is the 工号 of who enters it, `kept_at` where the paper is filed.

    `photo` and `thumbnail` are the digests of a picture kept before (`KeepPaperPhoto`). With `corrects`, the id of a form that was
    entered, this takes its place (更正), and `why` says what was wrong.
    """

    by: str
    worker: str
    post: Id
    shift_on: date
    shift: Annotated[str, msgspec.Meta(max_length=20)]
    answers: Annotated[tuple[PaperAnswer, ...], msgspec.Meta(max_length=4)]
    signed_by: str
    cause: PaperCause
    kept_at: Kept
    works: Annotated[tuple[Id, ...], msgspec.Meta(max_length=20)] = ()
    photo: Digest = ""
    thumbnail: Digest = ""
    corrects: str = ""
    why: Why = ""


class KeepPaperPhoto(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="keep_paper_photo"):
    """Keep a picture of a paper form and its thumbnail (JPEGs) for the form that will be recorded; records nothing."""

    by: str
    jpeg: bytes
    thumbnail: bytes


PaperCommand = RecordPaperCheck | KeepPaperPhoto
