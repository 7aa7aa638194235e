"""What pages get to see of paper forms that were entered later (补录)."""

from __future__ import annotations

from datetime import date

import msgspec

from kiosk.model.facts import PaperAnswer, PaperCause


class PaperRow(msgspec.Struct, frozen=True):
    """A paper form that was entered later (补录); `hash` is that of its entry, hex."""

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
    hash: str

    @property
    def short_hash(self) -> str:
        """Give what is printed and read out, to find this record again and to compare it."""
        return self.hash[:12]
