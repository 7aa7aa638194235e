"""What supervisors record afterwards: verdicts, and paper forms entered later (补录) and corrected (更正)."""

from __future__ import annotations

import enum

from kiosk.model.fact import Fact


class Verdict(enum.StrEnum):
    """A supervisor's verdict in a review (复核): 合格, 不合格."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class ReviewDecided(Fact, frozen=True, tag="review.decided"):
    """A supervisor's verdict on a check, or on one photo of it."""

    check: str
    by: str
    verdict: Verdict
    comment: str = ""
    photo: str = ""
