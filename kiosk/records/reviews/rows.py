"""What pages get to see of a check: a line of a list, or everything on record of it."""

from __future__ import annotations

import msgspec

from kiosk.records.reviews.facts import Verdict


class ReviewRow(msgspec.Struct, frozen=True):
    """A supervisor's verdict, on the check or (with `photo`) on one photo of it."""

    seq: int
    at: str
    by_worker: str
    verdict: Verdict
    comment: str
    photo: str
