"""What others may ask the journal's only writer to record.

A command is one line of JSON over a Unix socket; its file permissions decide who may connect, and the peer's user what it may
ask for. The answer, one line too, is the committed entries or a refusal in a sentence. Review pages, sync and command line tools
all write this way.
"""

from __future__ import annotations

import msgspec

from kiosk.records.reviews.facts import Verdict


class ReviewCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="review_check"):
    """Record a supervisor's verdict on a closed check, or on one photo of it."""

    check: str
    by: str
    verdict: Verdict
    comment: str = ""
    photo: str = ""
