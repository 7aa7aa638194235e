"""What pages get to see of paper forms that were entered later (补录)."""

from __future__ import annotations

from datetime import date

import msgspec

from kiosk.records.paper.facts import PaperAnswer, PaperCause


class PaperRow(msgspec.Struct, frozen=True):
    """A paper form that was entered later (补录), or a version of it that corrects another; `hash` is that of its entry, hex.

    `corrects` and `why` are empty for what was entered first, `corrected_by` for the version that holds.
    """

    seq: int
    at: str
    id: str
    by_worker: str
    worker: str
    post: str
    works: tuple[str, ...]
    shift_on: date
    shift: str
    answers: tuple[PaperAnswer, ...]
    signed_by: str
    cause: PaperCause
    kept_at: str
    photo: str
    thumbnail: str
    corrects: str
    why: str
    corrected_by: str
    hash: str

    @property
    def short_hash(self) -> str:
        """Give what is printed and read out, to find this record again and to compare it."""
        return self.hash[:12]
